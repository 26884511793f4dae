/** What both platforms are told about sockets, which a development server on this machine does not show. */
import { readFileSync } from 'node:fs';
import { parseConfigFileTextToJson } from 'typescript';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

const settingsSchema = z.looseObject({
  compatibility_flags: z.optional(z.array(z.string())),
  compatibilityFlags: z.optional(z.array(z.string())),
});

function flagsOf(file: string): readonly string[] {
  const text = readFileSync(new URL(`../../partykit/${file}`, import.meta.url), 'utf8');
  const settings: unknown = parseConfigFileTextToJson(file, text).config;
  const { compatibility_flags: ofWrangler = [], compatibilityFlags: ofPartyKit = [] } =
    settingsSchema.parse(settings);
  return [...ofWrangler, ...ofPartyKit];
}

describe('the settings of a platform', () => {
  // Of its own accord it compresses for any client that offers it, which browsers do: then the length of a frame tells
  // how much a stranger's text in it is like a secret beside it.
  it.each(['wrangler.jsonc', 'partykit.json'])('[A16] have it compress no frames: %s', (file) => {
    expect(flagsOf(file)).toContain('no_web_socket_compression');
  });
});
