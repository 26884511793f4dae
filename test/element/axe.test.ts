/** Every state of the element against the rules of WCAG 2.2 AA that a program can check, in both schemes. */
import { expect } from 'chai';
import { MESSAGE_MAX_CHARS } from '#protocol';
import { violations } from '../support/axe.ts';
import { answer, Chat, nextFrame, nextTask, userMessage } from '../support/chat-harness.ts';
import { restoreMedia, sayMedia } from '../support/media.ts';

const SMALL = '(max-width: 480px), (max-height: 420px)';

const RICH = [
  '# Title',
  'Text with **weight**, `code` and [a link](https://a.test/).',
  '- [x] done\n- [ ] open',
  '1. one\n2. two',
  '> quoted',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '```js\nconst a = 1; // note\n```',
].join('\n\n');

/** Enough of everything to be drawn in groups. */
const LONG = [
  '- item\n'.repeat(40),
  '1. item\n'.repeat(40),
  `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(70)}`,
  `\`\`\`\n${'line\n'.repeat(40)}\`\`\``,
  ...Array.from({ length: 40 }, (_, index) => `paragraph ${String(index)}`),
].join('\n\n');

const conversation = () => [
  userMessage('What is it?'),
  answer(RICH),
  userMessage('And then?'),
  answer('Half', { status: 'stopped' }),
];

const failure = { message: '', retryable: true, messageId: undefined, retryAfterMs: undefined };

type Attributes = Readonly<Record<string, string>>;

const states: Readonly<Record<string, (attributes: Attributes) => Promise<Chat>>> = {
  'without a thread': (attributes) => Chat.place({ ...attributes, 'thread-id': '' }),
  empty: (attributes) => Chat.open([], { ...attributes, suggestions: 'What is it?|How much?' }),
  'in conversation': (attributes) => Chat.open(conversation(), attributes),
  'with a long answer': (attributes) => Chat.open([answer(LONG)], attributes),
  'being answered': async (attributes) => {
    const chat = await Chat.open([userMessage('Hi')], attributes);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    await chat.drawn();
    const thinking = await violations(chat.element);
    expect(thinking).to.deep.equal([]);
    chat.store.receive({ type: 'token', content: RICH.slice(0, -20), messageId: 'a', offset: 0 });
    return chat;
  },
  'with what failed': async (attributes) => {
    const error = { message: '', code: 'upstream_rejected', retryable: true } as const;
    const chat = await Chat.open([userMessage('Hi'), answer('', { status: 'failed', error })], attributes);
    chat.store.addPending({
      id: 'p',
      content: 'Me too',
      timestamp: 1,
      state: 'failed',
      code: 'rate_limited',
    });
    chat.store.set({ error: { ...failure, code: 'storage_failed' } });
    return chat;
  },
  'before the conversation is cleared': async (attributes) => {
    const chat = await Chat.open([userMessage('Hi')], attributes);
    await chat.click('.clear');
    return chat;
  },
  'before a new conversation': async (attributes) => {
    const chat = await Chat.place({ ...attributes, 'thread-id': undefined });
    await nextTask();
    await chat.drawn();
    chat.store.open([userMessage('Hi')]);
    await chat.drawn();
    await chat.click('.new');
    return chat;
  },
  'with a message that is too long': async (attributes) => {
    const chat = await Chat.open([], attributes);
    await chat.type('x'.repeat(MESSAGE_MAX_CHARS + 1));
    return chat;
  },
  'with a message that waits': async (attributes) => {
    const chat = await Chat.open([userMessage('Hi')], attributes);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    await chat.type('Next');
    return chat;
  },
  closed: (attributes) => Chat.open(conversation(), { ...attributes, disabled: '' }),
  offline: async (attributes) => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    const chat = await Chat.open([userMessage('Hi')], attributes);
    chat.store.set({ connection: 'reconnecting' });
    while (chat.find('.link .offline') === null) await nextFrame();
    return chat;
  },
  refused: async (attributes) => {
    const chat = await Chat.open([], attributes);
    chat.store.set({ connection: 'refused', error: { ...failure, code: 'unauthorized' } });
    return chat;
  },
};

describe('the rules of accessibility', () => {
  afterEach(async () => {
    restoreMedia();
    Reflect.deleteProperty(navigator, 'onLine');
    await Chat.cleanUp();
  });

  const drawnPlainly = async (chat: Chat): Promise<void> => {
    // What has been scrolled away is not looked at.
    chat.element.style.blockSize = '1600px';
    await chat.drawn();
    // A colour on its way is another colour.
    for (const animation of document.getAnimations()) animation.finish();
    for (const animation of chat.root.getAnimations()) {
      if (animation.effect?.getComputedTiming().iterations === Infinity) animation.cancel();
      else animation.finish();
    }
  };

  for (const theme of ['light', 'dark']) {
    for (const [name, make] of Object.entries(states)) {
      it(`hold ${name}, ${theme}`, async () => {
        const chat = await make({ theme });
        await drawnPlainly(chat);

        expect(await violations(chat.element)).to.deep.equal([]);
      });
    }

    for (const [name, isOpen, isSmall] of [
      ['behind its button', false, false],
      ['in a panel', true, false],
      ['in all of a small window', true, true],
    ] as const) {
      it(`hold ${name}, ${theme}`, async () => {
        sayMedia({ [SMALL]: isSmall });
        const chat = await Chat.open([userMessage('Hi'), answer('Half', { status: 'stopped' })], {
          theme,
          launcher: '',
        });
        if (isOpen) chat.element.show();
        await drawnPlainly(chat);

        expect(await violations(chat.element)).to.deep.equal([]);
      });
    }
  }

  it('would find what is wrong in any of the shadow roots', async () => {
    const chat = await Chat.open(conversation(), { theme: 'light' });
    chat.get('.send').removeAttribute('aria-label');
    chat.get('.markdown td').style.color = '#bbb';
    await drawnPlainly(chat);

    const rules = (await violations(chat.element)).map((line) => line.split(':', 1)[0]);
    expect(rules).to.include.members(['button-name', 'color-contrast']);
  });

  it('hold of the regions that are heard', async () => {
    await Chat.open();
    const regions = document.querySelectorAll('[data-ivy-chat]');
    expect(regions).to.have.length(2);
    for (const region of regions) expect(await violations(region)).to.deep.equal([]);
  });
});
