/** All of the element's styles, in the order in which they win. */
import type { CSSResultGroup } from 'lit';
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

export const chatStyles: CSSResultGroup = [
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
