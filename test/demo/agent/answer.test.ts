import { beforeAll, describe, expect, it } from 'vitest';
import { answerQuestion } from '../../../demo/agent/answer.ts';
import { buildLibrary, type Library } from '../../../demo/agent/library.ts';
import { documentOf, fixtureLibrary, lastAnswer } from './fixture-library.ts';

let library: Library;
beforeAll(async () => {
  library = await fixtureLibrary();
});

describe('an answer', () => {
  it('leads with its source, quotes it whole, and says where to read more', () => {
    expect(lastAnswer(library, 'How do I change the port?')).toBe(
      [
        'Here is what `README.md` says under **Change a port**.',
        'Set `RELAY_PORT` before you start the relay:',
        '```sh\nRELAY_PORT=4000 npm start\n```',
        'A port that is in use is reported by the name of its variable.',
        'Read more: **Change a port** in `README.md`. Related: **Ports** in `README.md`, **Changelog › 0.2.0** in `CHANGELOG.md`.',
      ].join('\n\n'),
    );
  });

  it('keeps tables and lists as they are', () => {
    expect(lastAnswer(library, 'locale attribute')).toContain(
      '\n| `thread-id` | which conversation to show |\n',
    );
    expect(lastAnswer(library, 'error codes')).toContain(
      '\n- `rate_limited`: too many messages in a short time.\n',
    );
  });

  it('explains a variable from the example configuration', () => {
    const answer = lastAnswer(library, 'What does ALLOWED_ORIGINS do?');
    expect(answer).toContain('under **Admission › `ALLOWED_ORIGINS`**');
    expect(answer).toContain('Origins that may open a conversation, separated by commas.');
  });

  it('adds a second passage to a short first one', () => {
    const answer = lastAnswer(library, 'deployment');
    expect(answer).toContain('look at the log of the Worker first');
    expect(answer).toContain(
      '\n\nAnd from **Deploying › Deploying to Cloudflare** in `demo/docs/guides/deploying.md`:\n\n',
    );
  });

  it('does not add what the thread has seen', () => {
    const question = 'What should I know about a deployment?';
    expect(lastAnswer(library, question)).toContain('And from');
    expect(lastAnswer(library, question, question)).not.toContain('And from');
  });

  it('has neither images nor links that only work in the repository', () => {
    for (const { heading } of library.passages) {
      const answer = lastAnswer(library, heading);
      const targets = [...answer.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target);
      expect(answer).not.toContain('![');
      expect(targets.filter((target) => !/^(?:https?:\/\/|mailto:)/.test(target ?? ''))).toEqual([]);
    }
  });

  it('admits that it is only the closest', () => {
    expect(lastAnswer(library, 'dark zebra stripes on custom colors')).toMatch(
      /^The closest I found is \*\*/,
    );
  });

  it('stays short, and offers the rest of a long section', () => {
    const blocks = Array.from(
      { length: 8 },
      (_, index) => `Block ${index} ${'of the lantern '.repeat(20)}ends here.`,
    );
    const long = buildLibrary([documentOf(`# D\n\n## Lanterns\n\n${blocks.join('\n\n')}`)]);
    const answer = lastAnswer(long, 'lanterns');
    expect(answer.length).toBeLessThan(1200);
    expect(answer).toContain(
      'ends here.\n\nRead more: **Lanterns** in `README.md`. The section goes on: say “more”.',
    );
  });
});

describe('an answer to nothing in particular', () => {
  it.each([
    ['hi', 'Hello!'],
    ['hello', 'Hello!'],
    ['obrigado', 'De nada!'],
    ['what can you do?', 'Gladly.'],
  ])('to %j begins with %j and asks what it can answer', (message, opening) => {
    const answer = lastAnswer(library, message);
    expect(answer.startsWith(opening)).toBe(true);
    const questions = [...answer.matchAll(/^- (.+)$/gm)].map(([, question = '']) => question);
    expect(questions).toHaveLength(3);
    for (const question of questions) expect(lastAnswer(library, question)).toMatch(/^Here is what/);
  });

  it('says what was not found, and what could be', () => {
    const answer = lastAnswer(library, 'What is the best pizza in Paris?');
    expect(answer).toContain('I found nothing about `best`, `pizza`, `Paris`');
    expect(answer).toContain('- **Install** in `README.md`');
  });

  it('names only the words that are nowhere', () => {
    expect(lastAnswer(library, 'zebra giraffe port')).toContain('nothing about `zebra`, `giraffe` in');
  });

  it.each(['👍', '???', 'the', '日本語', '\u0000', '`*_[]<script>'])('does not break on %j', (message) => {
    expect(lastAnswer(library, message)).not.toBe('');
  });

  it('reads a very long message by its beginning', () => {
    const filler = 'the '.repeat(100_000);
    expect(lastAnswer(library, `Which error codes are there? ${filler}`)).toContain('`rate_limited`');
    expect(lastAnswer(library, `${filler} error codes`)).toContain('found none to search for');
  });

  it('says so when there are no documents', () => {
    const empty = buildLibrary([]);
    expect(lastAnswer(empty, 'What is the port?')).toContain('no documents');
    expect(lastAnswer(empty, 'hi')).toMatch(/^Hello!/);
  });
});

describe('a follow-up', () => {
  it('is searched with the words of the topic, and says which', () => {
    expect(lastAnswer(library, 'Which port is the default?', 'and how do I change it?')).toMatch(
      /^Still about \*\*Ports\*\*: this is from \*\*Change a port\*\* in `README\.md`\./,
    );
  });

  it('does not let the topic replace the subject', () => {
    expect(lastAnswer(library, 'How do I change the port?', 'what about colors?')).toMatch(
      /under \*\*Theming › Colors\*\*/,
    );
    expect(lastAnswer(library, 'How do I change the port?', 'what about pizza?')).toContain(
      'nothing about `pizza`',
    );
  });

  it('uses the topic to choose among passages on a subject', () => {
    const twins = buildLibrary([
      documentOf(
        '# R\n\n## Site\n\nThe site listens on port 5173.\n\n## Relay\n\nThe relay listens on port 1999.',
      ),
    ]);
    expect(lastAnswer(twins, 'what about the port?')).toContain('5173');
    expect(lastAnswer(twins, 'relay', 'what about the port?')).toMatch(/^Still about \*\*Relay\*\*[^]*1999/);
    expect(lastAnswer(twins, 'relay', 'the port?')).toMatch(/^Still about \*\*Relay\*\*[^]*1999/);
    expect(lastAnswer(twins, 'site', 'what about the port?')).toMatch(/^Still about \*\*Site\*\*[^]*5173/);
  });

  it('answers with code when an example is wanted', () => {
    expect(lastAnswer(library, 'Does the element follow dark mode?', 'show me an example')).toMatch(
      /^Still about \*\*Theming › Dark mode\*\*[^]*```html/,
    );
  });

  it('prefers what the thread has not seen', () => {
    const rest = 'They are lit in the evening. '.repeat(20).trim();
    const others = Array.from({ length: 9 }, (_, index) => `## Other ${index}\n\n${rest}`).join('\n\n');
    const lanterns = buildLibrary([
      documentOf(`## Lanterns\n\nLanterns. ${rest}\n\n## Oil\n\nLanterns burn it. ${rest}\n\n${others}`),
    ]);
    expect(lastAnswer(lanterns, 'lanterns')).toMatch(/under \*\*Lanterns\*\*/);
    expect(lastAnswer(lanterns, 'lanterns', 'why?')).toMatch(
      /^Still about \*\*Lanterns\*\*: this is from \*\*Oil\*\*/,
    );
  });

  it('admits to repeating itself', () => {
    expect(lastAnswer(library, 'Which close codes are there?', 'why?', 'why?', 'why?')).toContain(
      'than what I quoted before',
    );
  });

  it('without an earlier topic is searched by itself', () => {
    expect(lastAnswer(library, 'hi', 'and how do I change the port?')).toMatch(/^Here is what `README\.md`/);
  });
});

describe('more', () => {
  it('shows passages on the topic that were not shown, until there are none', () => {
    const shown: string[] = [];
    const turns = [answerQuestion('ports', [], library).turn];
    for (let asked = 0; asked < 10; asked += 1) {
      const answer = answerQuestion('more', turns, library);
      if (answer.turn.shown.length === 0) {
        expect(answer.markdown).toMatch(/^That is all I found about \*\*Ports\*\*\./);
        break;
      }
      expect(answer.markdown).toMatch(/^More about \*\*Ports\*\*/);
      turns.push(answer.turn);
    }
    shown.push(...turns.flatMap((turn) => turn.shown));
    expect(shown.length).toBeGreaterThan(1);
    expect(new Set(shown).size).toBe(shown.length);
  });

  it('continues a section that was too long first', () => {
    const blocks = Array.from(
      { length: 8 },
      (_, index) => `Block ${index} ${'of the lantern '.repeat(20)}ends.`,
    );
    const long = buildLibrary([
      documentOf(`# D\n\n## Lanterns\n\n${blocks.join('\n\n')}\n\n## Lantern\n\nShort.`),
    ]);
    const [, second] = long.passages;
    expect(lastAnswer(long, 'lanterns block', 'more')).toContain(second?.markdown);
  });

  it('has nothing to continue in a new thread', () => {
    expect(lastAnswer(library, 'more')).toMatch(/^There is nothing to continue yet\./);
  });
});
