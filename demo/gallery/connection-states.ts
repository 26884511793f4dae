/** What is the matter with the line, and what becomes of a message meanwhile. */
import { DESK, SMALL_PHONE, type GalleryState } from './state.ts';
import { SHORT, TOO_LONG } from './texts.ts';
import { answered, asked, thread } from './turns.ts';

const CONVERSATION = thread(asked('Can I change my plan in the middle of the month?'), answered(SHORT));

export const CONNECTION_STATES: readonly GalleryState[] = [
  {
    name: 'connecting',
    caption: 'Connecting',
    greeting: { kind: 'silence' },
    steps: [{ do: 'wait', seconds: 2 }],
    shows: 'Connecting…',
  },
  {
    name: 'reconnecting',
    caption: 'Reconnecting',
    greeting: CONVERSATION,
    steps: [{ do: 'lose-line' }, { do: 'wait', seconds: 2 }],
    shows: 'Reconnecting…',
  },
  {
    name: 'unreachable',
    caption: 'Out of reach for a while',
    greeting: CONVERSATION,
    steps: [{ do: 'lose-line' }, { do: 'wait', seconds: 16 }],
    shows: 'Still trying…',
  },
  {
    name: 'offline',
    caption: 'Offline, with something written',
    greeting: CONVERSATION,
    steps: [
      { do: 'lose-network' },
      { do: 'wait', seconds: 2 },
      { do: 'write', text: 'And where do I find the receipt?' },
    ],
    shows: 'You are offline.',
  },
  {
    name: 'refused',
    caption: 'Refused: the session has ended',
    greeting: { kind: 'refusal', code: 'unauthorized', closeCode: 4401 },
    shows: 'Sign in again',
  },
  {
    name: 'pending',
    caption: 'A message on its way',
    greeting: CONVERSATION,
    steps: [
      { do: 'write', text: 'And where do I find the receipt?' },
      { do: 'press', part: 'send-button' },
    ],
    shows: 'Sending…',
  },
  {
    name: 'pending-offline',
    caption: 'Messages that wait for the line',
    greeting: CONVERSATION,
    steps: [
      { do: 'lose-network' },
      { do: 'wait', seconds: 2 },
      { do: 'write', text: 'And where do I find the receipt?' },
      { do: 'press', part: 'send-button' },
      { do: 'write', text: 'For last month, I mean.' },
      { do: 'press', part: 'send-button' },
    ],
    shows: 'For last month',
  },
  {
    name: 'not-sent',
    caption: 'A message that was not sent',
    greeting: CONVERSATION,
    steps: [
      { do: 'write', text: 'And where do I find the receipt?' },
      { do: 'press', part: 'send-button' },
      { do: 'refuse', code: 'storage_failed' },
    ],
    shows: 'Send again',
  },
  {
    name: 'error',
    caption: 'An error that belongs to no message',
    greeting: CONVERSATION,
    steps: [
      {
        do: 'receive',
        frames: [{ type: 'error', message: '', code: 'rate_limited', retryable: true }],
      },
    ],
    shows: 'Too many messages',
  },
  {
    name: 'over-limit',
    caption: 'Too long to be sent',
    greeting: CONVERSATION,
    steps: [{ do: 'write', text: TOO_LONG }],
    shows: 'Too long by',
  },
  {
    name: 'several-lines',
    caption: 'Several lines in the composer',
    greeting: CONVERSATION,
    steps: [
      {
        do: 'write',
        text: 'One more thing, and take your time:\n\nwhere do I find the receipt for last month, and can it be sent to the address of my tax adviser as well?',
      },
    ],
    shows: 'takes effect at once',
  },
  {
    name: 'disabled',
    caption: 'Closed by the page',
    greeting: CONVERSATION,
    attributes: { disabled: '' },
    shows: 'takes effect at once',
  },
  {
    name: 'confirmation',
    caption: 'Before the conversation is cleared',
    greeting: CONVERSATION,
    steps: [{ do: 'press', part: 'clear-button' }],
    shows: 'Clear this conversation?',
  },
  {
    name: 'visitor',
    caption: 'A visitor’s own conversation',
    greeting: CONVERSATION,
    attributes: { 'thread-id': undefined, heading: 'Questions about my contract' },
    windows: [SMALL_PHONE, DESK],
    shows: 'takes effect at once',
  },
  {
    name: 'visitor-new',
    caption: 'Before a new conversation',
    greeting: CONVERSATION,
    attributes: { 'thread-id': undefined, launcher: '', open: '', heading: 'Questions about my contract' },
    steps: [{ do: 'press', part: 'new-button' }],
    windows: [SMALL_PHONE, DESK],
    shows: 'Start a new conversation?',
  },
  {
    name: 'visitor-empty',
    caption: 'A conversation that is new',
    greeting: thread(),
    attributes: { 'thread-id': undefined, launcher: '', open: '' },
    windows: [SMALL_PHONE],
    shows: 'How can I help?',
  },
];
