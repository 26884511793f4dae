/**
 * What a person or a model could be talked into writing, so that a page which shows it does more than show it: our own
 * collection, for Markdown in a chat, by class. Scripts in it call `alert`, links and pictures lead to hosts that do not
 * exist, so that whatever gets through is noticed.
 */
import { DISGUISE_PAYLOADS } from './disguise-payloads.ts';
import { HTML_PAYLOADS } from './html-payloads.ts';
import { LINK_PAYLOADS } from './link-payloads.ts';
import { MARKUP_PAYLOADS } from './markup-payloads.ts';

export const PAYLOAD_CLASSES: Readonly<Record<string, readonly string[]>> = {
  ...LINK_PAYLOADS,
  ...DISGUISE_PAYLOADS,
  ...HTML_PAYLOADS,
  ...MARKUP_PAYLOADS,
};

export const PAYLOADS: readonly string[] = Object.values(PAYLOAD_CLASSES).flat();
