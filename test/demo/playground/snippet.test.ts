import { describe, expect, it } from 'vitest';
import { lookSchema } from '../../../demo/playground/look.ts';
import { snippetOf } from '../../../demo/playground/snippet.ts';

const EMBED = { script: 'https://chat.example.com/ivy-chat.js', threadId: 'a-thread' };

/** As the form gives it. */
const snippet = (fields: Readonly<Record<string, string>>): string =>
  snippetOf({ ...EMBED, look: lookSchema.parse(fields) });

describe('the lines of a look', () => {
  it('are two where nothing differs from the defaults', () => {
    const lines =
      '<script src="https://chat.example.com/ivy-chat.js" async></script>\n<ivy-chat thread-id="a-thread"></ivy-chat>';
    expect(snippetOf(EMBED)).toBe(lines);
    expect(snippet({})).toBe(lines);
    expect(
      snippet({ accent: '#1f7a55', radius: '16', density: '1', fontSize: '15', theme: 'auto', heading: ' ' }),
    ).toBe(lines);
  });

  it('have a rule for what is style, and attributes for the rest', () => {
    expect(
      snippet({ accent: '#6d28d9', radius: '0', shape: 'launcher', theme: 'dark', locale: 'pt-BR' }),
    ).toBe(
      `<style>
  ivy-chat {
    --ivy-accent: #6d28d9;
    --ivy-radius: 0px;
  }
</style>
<script src="https://chat.example.com/ivy-chat.js" async></script>
<ivy-chat thread-id="a-thread" launcher theme="dark" locale="pt-BR"></ivy-chat>`,
    );
  });

  it('hold what was written as it was written', () => {
    expect(snippet({ heading: '"><script>alert(1)</script> & co', suggestions: 'A?\n\n B? |C?' })).toContain(
      `<ivy-chat
  thread-id="a-thread"
  heading="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"
  suggestions="A?|B?|C?"
></ivy-chat>`,
    );
  });

  it('have the default for what is no value of its field', () => {
    const look = lookSchema.parse({ accent: 'red;} *{', radius: '1e9', density: 'NaN', theme: 'pink' });
    expect(look).toEqual(lookSchema.parse({}));
  });
});
