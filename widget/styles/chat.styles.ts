/** The element's styles, in the order in which they win. */
import type { CSSResult } from 'lit';
import { composerStyles } from './composer.styles.ts';
import { controlStyles } from './controls.styles.ts';
import { deviceStyles } from './device.styles.ts';
import { emptyStyles } from './empty.styles.ts';
import { headerStyles } from './header.styles.ts';
import { hostStyles } from './host.styles.ts';
import { launcherStyles } from './launcher.styles.ts';
import { markdownStyles } from './markdown.styles.ts';
import { narrowStyles } from './narrow.styles.ts';
import { noticeStyles } from './notice.styles.ts';
import { tokenStyles } from './tokens.styles.ts';
import { transcriptStyles } from './transcript.styles.ts';
import { turnStyles } from './turn.styles.ts';

export const chatStyles: CSSResult[] = [
  // The border comes first: it takes everything away.
  hostStyles,
  tokenStyles,
  controlStyles,
  headerStyles,
  transcriptStyles,
  turnStyles,
  markdownStyles,
  emptyStyles,
  composerStyles,
  noticeStyles,
  narrowStyles,
  launcherStyles,
  deviceStyles,
];

/** Of the frame, of the field for a message, and of the button that a page floats them behind. */
export const firstStyles: CSSResult[] = [
  hostStyles,
  tokenStyles,
  controlStyles,
  composerStyles,
  narrowStyles,
  launcherStyles,
];
