/** How it looks: languages, colours, room, the floating shape, and how the reader's device is set. */
import { arabic } from './arabic.ts';
import { DESK, PHONE, type GalleryState, type Greeting, type WindowSize } from './state.ts';
import { ARABIC, CODE, MEDIUM, PORTUGUESE, RICH, SHORT, TABLE } from './texts.ts';
import { answered, answers, asked, thread } from './turns.ts';

const CONVERSATION = thread(
  asked('Can I change my plan in the middle of the month?'),
  answered(SHORT),
  asked('My meter does not connect. What can I do?', 1),
  answered(MEDIUM, 0),
);
const RICH_CONVERSATION: Greeting = thread(
  asked('Can I change my plan in the middle of the month?', 6),
  answered(RICH, 5),
  asked('How do the plans compare?', 4),
  answered(TABLE, 3),
);

const NARROW: WindowSize = { name: '320', width: 320, height: 640 };
const TINY: WindowSize = { name: '240', width: 240, height: 560 };
const PAPER: WindowSize = { name: 'paper', width: 794, height: 1123 };
const TABLET: WindowSize = { name: 'window', width: 900, height: 760 };

const accents = [
  ['violet', '#6d28d9'],
  ['yellow', '#facc15'],
  ['red', '#e11d48'],
] as const;

export const LOOK_STATES: readonly GalleryState[] = [
  {
    name: 'arabic',
    caption: 'Arabic, from right to left',
    greeting: thread(asked('هل يمكنني تغيير خطتي في منتصف الشهر؟'), answered(ARABIC)),
    attributes: { locale: 'ar', suggestions: 'أين فاتورتي؟' },
    translations: { ar: arabic },
    page: { lang: 'ar', dir: 'rtl' },
    shows: 'لا تُحتسب',
  },
  {
    name: 'arabic-empty',
    caption: 'Arabic, empty',
    greeting: thread(),
    attributes: { locale: 'ar', suggestions: 'أين فاتورتي؟|أريد تغيير خطتي' },
    translations: { ar: arabic },
    page: { lang: 'ar', dir: 'rtl' },
    windows: [PHONE],
    shows: 'كيف يمكنني',
  },
  {
    name: 'arabic-problems',
    caption: 'Arabic, with what failed',
    greeting: thread(
      asked('هل يمكنني تغيير خطتي؟'),
      answered('نعم، يمكنك', 2, 'failed', 'upstream_unreachable'),
    ),
    attributes: { locale: 'ar' },
    translations: { ar: arabic },
    page: { lang: 'ar', dir: 'rtl' },
    windows: [PHONE],
    shows: 'حاول مرة أخرى',
  },
  {
    name: 'portuguese',
    caption: 'Portuguese',
    greeting: thread(asked('Oi! Onde vejo a segunda via do boleto?', 26 * 60), answered(PORTUGUESE, 1)),
    attributes: { locale: 'pt-BR' },
    page: { lang: 'pt-BR' },
    shows: 'Minha conta',
  },
  {
    name: 'dark',
    caption: 'Dark',
    greeting: CONVERSATION,
    attributes: { theme: 'dark' },
    page: { background: '#0f1111' },
    shows: 'takes effect at once',
  },
  {
    name: 'dark-code',
    caption: 'Dark, with code',
    greeting: thread(asked('How do I add up the readings in the export?'), answered(CODE)),
    attributes: { theme: 'dark' },
    page: { background: '#0f1111' },
    shows: 'standard library',
  },
  {
    name: 'dark-rich',
    caption: 'Dark, with a table',
    greeting: RICH_CONVERSATION,
    attributes: { theme: 'dark' },
    page: { background: '#0f1111' },
    shows: 'Enterprise',
  },
  ...accents.map(([name, accent]): GalleryState => ({
    name: `accent-${name}`,
    caption: `With ${name} as the accent`,
    greeting: CONVERSATION,
    steps: [{ do: 'write', text: 'Thank you!' }],
    style: { '--ivy-accent': accent },
    shows: 'takes effect at once',
  })),
  {
    name: 'compact',
    caption: 'Compact',
    greeting: RICH_CONVERSATION,
    style: { '--ivy-density': '0.7', '--ivy-font-size': '14px', '--ivy-radius': '6px' },
    shows: 'Enterprise',
  },
  {
    name: 'launcher-closed',
    caption: 'Launcher, closed, with unread answers',
    greeting: thread(asked('Can I change my plan?', 4)),
    steps: [answers(answered(SHORT, 2), asked('And back?', 2), answered('As often as you like.', 1))],
    attributes: { launcher: '', heading: 'Help' },
    windows: [TABLET, PHONE],
    shows: '2',
  },
  {
    name: 'launcher-open',
    caption: 'Launcher, open',
    greeting: CONVERSATION,
    steps: [{ do: 'press', part: 'launcher-button' }],
    attributes: { launcher: '', heading: 'Help' },
    windows: [TABLET, DESK],
    shows: 'takes effect at once',
  },
  {
    name: 'launcher-empty',
    caption: 'Launcher, open and empty',
    greeting: thread(),
    steps: [{ do: 'press', part: 'launcher-button' }],
    attributes: { launcher: '', heading: 'Help', suggestions: 'Where is my invoice?|Change my plan' },
    windows: [TABLET],
    shows: 'Where is my invoice?',
  },
  {
    name: 'launcher-full',
    caption: 'Launcher, all of a phone',
    greeting: CONVERSATION,
    steps: [{ do: 'press', part: 'launcher-button' }],
    attributes: { launcher: '', heading: 'Help' },
    windows: [PHONE],
    shows: 'takes effect at once',
  },
  {
    name: 'narrow',
    caption: '320 px',
    greeting: RICH_CONVERSATION,
    windows: [NARROW],
    shows: 'Enterprise',
  },
  {
    name: 'narrow-empty',
    caption: '320 px, empty',
    greeting: thread(),
    attributes: { suggestions: 'Where is my invoice?|My meter does not connect, and the light stays amber' },
    windows: [NARROW],
    shows: 'Where is my invoice?',
  },
  {
    name: 'tiny',
    caption: '240 px',
    greeting: RICH_CONVERSATION,
    windows: [TINY],
    shows: 'Enterprise',
  },
  {
    name: 'tiny-problems',
    caption: '240 px, with what failed',
    greeting: thread(asked('Can I change my plan?'), answered('', 2, 'failed', 'upstream_unreachable')),
    steps: [
      { do: 'write', text: 'Hello?' },
      { do: 'press', part: 'send-button' },
      { do: 'refuse', code: 'storage_failed' },
    ],
    windows: [TINY],
    shows: 'Send again',
  },
  {
    name: 'tiny-confirmation',
    caption: '240 px, before the conversation is cleared',
    greeting: CONVERSATION,
    steps: [{ do: 'press', part: 'clear-button' }],
    windows: [TINY],
    shows: 'Clear this conversation?',
  },
  {
    name: 'forced-colours',
    caption: 'Forced colours',
    greeting: RICH_CONVERSATION,
    steps: [{ do: 'write', text: 'Thank you!' }],
    device: { forcedColours: true },
    shows: 'Enterprise',
  },
  {
    name: 'forced-colours-launcher',
    caption: 'Forced colours, launcher',
    greeting: CONVERSATION,
    attributes: { launcher: '', heading: 'Help' },
    steps: [{ do: 'press', part: 'launcher-button' }],
    windows: [TABLET],
    device: { forcedColours: true },
    shows: 'takes effect at once',
  },
  {
    name: 'reduced-motion',
    caption: 'Reduced motion, while an answer is awaited',
    greeting: thread(asked('My meter does not connect. What can I do?')),
    steps: [
      {
        do: 'receive',
        frames: [{ type: 'streaming', isStreaming: true, messageId: 'run-1' }],
      },
    ],
    device: { reducedMotion: true },
    shows: 'Thinking…',
  },
  {
    name: 'print',
    caption: 'On paper',
    greeting: RICH_CONVERSATION,
    windows: [PAPER],
    device: { print: true },
    shows: 'Enterprise',
  },
];
