/** Every state there is to look at: the one list for the page, its pictures and its tests. */
import { CONNECTION_STATES } from './connection-states.ts';
import { CONVERSATION_STATES } from './conversation-states.ts';
import { LOOK_STATES } from './look-states.ts';
import type { GalleryState } from './state.ts';

export const STATES: readonly GalleryState[] = [...CONVERSATION_STATES, ...CONNECTION_STATES, ...LOOK_STATES];
