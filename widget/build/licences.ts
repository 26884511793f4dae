/** The licences that go with the scripts: a line at the top of each, and a file with the full texts beside it. */
import type { Notice } from './bundle.ts';

export const LICENCES = 'licences.txt';

const RULE = `\n\n${'-'.repeat(80)}\n\n`;

/** A comment that minifiers keep. */
export function legalBanner(script: string, version: string): string {
  return `/*! ${script} ${version}, MIT. It contains other packages; the licences of all are in ${LICENCES} beside it. */`;
}

/** @param own the licence of this project */
export function licencesFile(own: string, notices: readonly Notice[]): string {
  const names = notices.map(({ name }) => name);
  const once = notices.filter(({ name }, index) => names.indexOf(name) === index);
  const texts = once.map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}`);
  return `${[`ivy-chat (MIT)\n\n${own.trim()}`, ...texts].join(RULE)}\n`;
}
