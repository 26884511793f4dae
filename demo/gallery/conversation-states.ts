/** What is in the transcript: nothing, answers of every kind, answers on their way, answers that did not work out. */
import { minutesAgo, type GalleryState } from './state.ts';
import { CODE, MEDIUM, RICH, SHORT, TABLE } from './texts.ts';
import { answered, answers, asked, thread, writing } from './turns.ts';

const QUESTION = asked('Can I change my plan in the middle of the month?');
const TROUBLE = asked('My meter does not connect. What can I do?');

const LONG = [
  asked('Hello! I have a few questions about my contract.', 30),
  answered('Of course. What would you like to know?', 29),
  asked('My meter does not connect. What can I do?', 27),
  answered(MEDIUM, 26),
  asked('And how do the plans compare?', 20),
  answered(TABLE, 19),
  asked('Can I change mine in the middle of the month?', 9),
  answered(RICH, 8),
];

export const CONVERSATION_STATES: readonly GalleryState[] = [
  {
    name: 'empty',
    caption: 'Empty, with suggestions',
    greeting: thread(),
    shows: 'Where is my invoice?',
    attributes: {
      heading: 'Help',
      greeting: 'Hello! What can I do for you?',
      suggestions:
        'Where is my invoice?|Change my plan|My meter does not connect, and the light stays amber|Talk to a person',
    },
  },
  {
    name: 'empty-plain',
    caption: 'Empty, as it comes',
    greeting: thread(),
    shows: 'How can I help?',
  },
  {
    name: 'without-thread',
    caption: 'Without a thread id',
    greeting: { kind: 'silence' },
    shows: 'Add a thread-id',
    attributes: { 'thread-id': '' },
  },
  {
    name: 'short',
    caption: 'A short conversation',
    greeting: thread(
      QUESTION,
      answered(SHORT),
      asked('Great, thank you!\nAnd where do I find the receipt?', 1),
      answered('In the same place, under **Receipts**.', 0),
    ),
    shows: 'Receipts',
  },
  {
    name: 'long-answer',
    caption: 'Headings, lists, links, quotes',
    greeting: thread(QUESTION, answered(RICH)),
    shows: 'billing@example.com',
  },
  {
    name: 'long-question',
    caption: 'A long question, with a long word',
    greeting: thread(
      asked(
        `I get this when I open the app:\n\nhttps://example.com/${'path-that-goes-on/'.repeat(8)}\n\nIt began yesterday, after the update. I have already restarted the phone, removed the app and installed it again, and asked my neighbour, who has the same meter and no such trouble.`,
      ),
      answered('Thank you, that helps. Which version does **Settings → About** show?'),
    ),
    shows: 'my neighbour',
  },
  {
    name: 'long-code',
    caption: 'Long code',
    greeting: thread(asked('How do I add up the readings in the export?'), answered(CODE)),
    shows: 'standard library',
  },
  {
    name: 'table',
    caption: 'A wide table',
    greeting: thread(asked('How do the plans compare?'), answered(TABLE)),
    shows: 'Enterprise',
  },
  {
    name: 'two-days',
    caption: 'Two days',
    greeting: thread(
      asked('My meter does not connect. What can I do?', 26 * 60),
      answered(MEDIUM, 26 * 60 - 1),
      asked('It works, thank you! One more thing: can I change my plan in the middle of the month?', 2),
      answered(SHORT, 1),
    ),
    shows: 'Yesterday',
  },
  {
    name: 'older',
    caption: 'With earlier messages to load',
    greeting: { kind: 'history', messages: LONG.slice(0, 2), before: 'user-30' },
    shows: 'Loading…',
  },
  {
    name: 'scrolled-up',
    caption: 'Scrolled up, with something new below',
    greeting: thread(...LONG),
    steps: [{ do: 'scroll-up', by: 700 }, answers(asked('Thanks!', 1), answered('You are welcome.', 0))],
    shows: '2 new messages',
  },
  {
    name: 'scrolled-up-writing',
    caption: 'Scrolled up while an answer is written',
    greeting: thread(...LONG, asked('Thanks! And the receipt?', 1)),
    steps: [{ do: 'scroll-up', by: 700 }, writing('In the same place, under **Receipts**.')],
    shows: 'Writing an answer…',
  },
  {
    name: 'waiting',
    caption: 'Waiting for the first word',
    greeting: thread(TROUBLE),
    steps: [writing('')],
    shows: 'Thinking…',
  },
  {
    name: 'streaming',
    caption: 'In the middle of an answer',
    greeting: thread(TROUBLE),
    steps: [writing(MEDIUM.slice(0, 130))],
    shows: 'connected, am',
  },
  {
    name: 'streaming-table',
    caption: 'Half a table',
    greeting: thread(asked('How do the plans compare?')),
    steps: [writing(TABLE.slice(0, TABLE.indexOf('within one')))],
    shows: 'E-mail,',
  },
  {
    name: 'streaming-code',
    caption: 'Half a code block',
    greeting: thread(asked('How do I add up the readings in the export?')),
    steps: [writing(CODE.slice(0, CODE.indexOf('kilowatt_hours')))],
    shows: 'class Reading',
  },
  {
    name: 'streaming-typed',
    caption: 'The next question is written already',
    greeting: thread(TROUBLE),
    steps: [writing(MEDIUM.slice(0, 130)), { do: 'write', text: 'And the app?' }],
    shows: 'Will be sent when this answer',
  },
  {
    name: 'spectator',
    caption: 'Watched by somebody who may only read',
    greeting: { kind: 'history', messages: [TROUBLE], access: { write: false } },
    steps: [writing(MEDIUM.slice(0, 130))],
    shows: 'connected, am',
  },
  {
    name: 'spectator-typed',
    caption: 'May only read from now on, with something written',
    greeting: thread(QUESTION, answered(SHORT)),
    steps: [
      { do: 'write', text: 'And where do I find the receipt?' },
      { do: 'receive', frames: [{ type: 'access', write: false }] },
    ],
    shows: 'only read here',
  },
  {
    name: 'silence',
    caption: 'Twelve seconds of silence',
    greeting: thread(TROUBLE),
    steps: [writing(MEDIUM.slice(0, 75)), { do: 'wait', seconds: 12 }],
    shows: 'Still working · 12 s',
  },
  {
    name: 'stopped',
    caption: 'Stopped by the reader',
    greeting: thread(TROUBLE, answered(MEDIUM.slice(0, 92), 2, 'stopped')),
    shows: 'Answer stopped',
  },
  {
    name: 'interrupted',
    caption: 'Interrupted',
    greeting: thread(TROUBLE, answered(MEDIUM.slice(0, 92), 2, 'interrupted')),
    shows: 'was lost before the answer',
  },
  {
    name: 'failed',
    caption: 'Failed before its first word',
    greeting: thread(TROUBLE, answered('', 2, 'failed', 'upstream_unreachable')),
    shows: 'Try again',
  },
  {
    name: 'failed-midway',
    caption: 'Failed in the middle',
    greeting: thread(TROUBLE, answered(MEDIUM.slice(0, 92), 2, 'failed', 'upstream_truncated')),
    shows: 'broke off',
  },
  {
    name: 'failed-earlier',
    caption: 'An earlier one failed',
    greeting: thread(
      { ...TROUBLE, timestamp: minutesAgo(8), id: 'user-8' },
      answered('', 7, 'failed', 'upstream_timeout'),
      asked('Hello?', 2),
      answered('I am back. Please ask again.', 1),
    ),
    shows: 'took too long',
  },
];
