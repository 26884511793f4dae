/**
 * Reads a `.env.example` as documentation: each variable is a section whose text is the comment beside it. The
 * result has the shape of a Markdown document's sections, so the library treats both alike.
 */
import type { Block, Section } from './markdown-sections.ts';

/** `NAME=value`, also when it is commented out to show a default. */
const ASSIGNMENT = /^\s*(?:#\s*)?(?:export\s+)?(?<name>[A-Z][A-Z0-9_]*)=(?<value>.*)$/;

/** Lines such as `# --- Admission ---` and `## Admission`: a title for what follows. */
const TITLE = /^\s*#(?:#+|\s*[-=*─]{2,})\s*(?<title>[^\s\-=#*─].*?)[\s\-=#*─]*$/;

const isRule = (line: string): boolean => /^\s*#[\s\-=#*─]*$/.test(line);
const commentOf = (line: string): string | undefined =>
  /^\s*#+\s?(?<text>.*)$/.exec(line)?.groups?.['text']?.trimEnd();

/** A comment of one short line that is no sentence, alone between blank lines. */
const isTitle = (comment: readonly string[]): boolean =>
  comment.length === 1 && /^[^.!?:]{1,60}$/.test(comment[0] ?? '');

function paragraph(lines: readonly string[]): readonly Block[] {
  // A placeholder such as `<account>` is no HTML tag.
  const text = lines.join('\n').trim().replaceAll('<', '\\<');
  return text === '' ? [] : [{ kind: 'paragraph', text }];
}

/**
 * @param text the whole file
 * @returns the file's own comments and its variables, in order; a variable's heading is its name as code
 */
export function splitEnvExample(text: string): readonly Section[] {
  const sections: Section[] = [];
  let group: string | undefined;
  /** Read since the last blank line or assignment. */
  let comment: string[] = [];
  /** What was said above the last assignment: variables that stand together under one comment share it. */
  let shared: readonly string[] = [];

  const addVariable = (name: string, value: string, beside: string): void => {
    const code: Block = { kind: 'code', text: `\`\`\`sh\n${name}=${value}\n\`\`\`` };
    const blocks = [...paragraph(shared), ...paragraph([beside]), code];
    sections.push({
      heading: `\`${name}\``,
      level: 2,
      ancestors: group === undefined ? [] : [group],
      blocks,
    });
  };
  const endParagraph = (): void => {
    const blocks = paragraph(comment);
    if (isTitle(comment)) group = comment[0];
    else if (blocks.length > 0) {
      sections.push({ heading: group ?? '', level: group === undefined ? 0 : 1, ancestors: [], blocks });
    }
    [comment, shared] = [[], []];
  };

  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const assignment = ASSIGNMENT.exec(line)?.groups;
    const title = TITLE.exec(line)?.groups?.['title'];
    if (assignment !== undefined) {
      if (comment.length > 0) shared = comment;
      comment = [];
      const [, value = '', beside = ''] = /^(.*?)(?:\s+#\s*(.*))?$/.exec(assignment['value'] ?? '') ?? [];
      addVariable(assignment['name'] ?? '', value, beside);
    } else if (title !== undefined) {
      endParagraph();
      group = title;
    } else if (line.trim() === '') endParagraph();
    else if (!isRule(line)) comment.push(commentOf(line) ?? '');
  }
  endParagraph();
  return sections;
}
