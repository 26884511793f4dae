/** The fixture project's library, and conversations with it: what the tests of answers share. */
import { fileURLToPath } from 'node:url';
import { answerQuestion } from '../../../demo/agent/answer.ts';
import type { Turn } from '../../../demo/agent/conversation.ts';
import { readDocuments, type SourceDocument } from '../../../demo/agent/documents.ts';
import { buildLibrary, type Library } from '../../../demo/agent/library.ts';

export const FIXTURE_ROOT = fileURLToPath(new URL('../../fixtures/docs', import.meta.url));

export const fixtureLibrary = async (): Promise<Library> => buildLibrary(await readDocuments(FIXTURE_ROOT));

export const documentOf = (text: string, path = 'README.md'): SourceDocument => ({ path, text, weight: 1 });

/** The last answer of a thread in which these questions were asked. */
export function lastAnswer(library: Library, ...questions: readonly string[]): string {
  const turns: Turn[] = [];
  let markdown = '';
  for (const question of questions) {
    const answer = answerQuestion(question, turns, library);
    turns.push(answer.turn);
    markdown = answer.markdown;
  }
  return markdown;
}
