/** What everybody has to be able to hit, and to find again: the size of what can be pressed, and where focus is. */
import { expect } from 'chai';
import { MESSAGE_MAX_CHARS } from '#protocol';
import { answer, Chat, nextFrame, userMessage } from '../support/chat-harness.ts';

/** WCAG 2.2, 2.5.8. */
const TARGET_MIN_PX = 24;

const CONTROLS = 'button:not([disabled]), textarea, [tabindex="0"]';

const TEXT = `Text\n\n\`\`\`js\nconst a = 1;\n\`\`\`\n\n| a |\n|---|\n| 1 |`;

/** In a few states, everything that can be pressed. */
const STATES: readonly (() => Promise<Chat>)[] = [
  () => Chat.open([], { suggestions: 'What?|How?' }),
  async () => {
    const chat = await Chat.place();
    chat.store.open([userMessage('Hi'), answer(TEXT), answer('Half', { status: 'interrupted' })], 'cursor');
    chat.store.addPending({
      id: 'p',
      content: 'Me too',
      timestamp: 1,
      state: 'failed',
      code: 'rate_limited',
    });
    return chat;
  },
  async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    await chat.type('Next');
    return chat;
  },
  () => Chat.open([userMessage('Hi')], { launcher: '', open: '' }),
  async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    await chat.click('.clear');
    return chat;
  },
];

/** One after the other: a panel would cover the others. */
async function inEachState(
  look: (control: HTMLElement, chat: Chat) => Promise<void> | void,
): Promise<number> {
  let count = 0;
  for (const make of STATES) {
    const chat = await make();
    await chat.drawn();
    for (const control of controlsOf(chat)) await look(control, chat);
    count += controlsOf(chat).length;
    chat.element.remove();
  }
  return count;
}

function nameOf(control: Element): string {
  return `${control.localName}.${control.className}`;
}

/** Those that can be reached: nothing behind a question that is open. */
function controlsOf(chat: Chat): HTMLElement[] {
  return [...chat.root.querySelectorAll<HTMLElement>(CONTROLS)].filter(
    (control) => control.closest('[inert]') === null && control.checkVisibility(),
  );
}

describe('everything that can be pressed', () => {
  afterEach(() => Chat.cleanUp());

  it('is large enough to be hit', async () => {
    const small: string[] = [];
    const count = await inEachState((control) => {
      const { width, height } = control.getBoundingClientRect();
      if (Math.min(width, height) < TARGET_MIN_PX)
        small.push(`${nameOf(control)}: ${String(width)} × ${String(height)}`);
    });

    expect(small).to.deep.equal([]);
    expect(count).to.be.greaterThan(20);
  });

  it('shows focus, in view and uncovered', async () => {
    const faults: string[] = [];
    await inEachState(async (control, chat) => {
      const look = (): string => {
        const card = control.closest('.composer');
        const { outlineStyle, outlineColor } = getComputedStyle(control);
        const ring = outlineStyle === 'none' ? '' : outlineColor;
        // The field's card stands for the field.
        return `${ring} ${card === null || control.localName === 'button' ? '' : getComputedStyle(card).borderColor}`;
      };
      control.blur(); // a question begins with focus in it
      const before = look();
      control.focus();
      await nextFrame();
      for (const transition of control.closest('.composer')?.getAnimations() ?? []) transition.finish();
      const { left, top, width, height } = control.getBoundingClientRect();
      const hit = chat.root.elementFromPoint(left + width / 2, top + height / 2);
      const isSeen = hit !== null && (control.contains(hit) || hit.contains(control));
      if (chat.root.activeElement !== control) faults.push(`${nameOf(control)} cannot have focus`);
      if (look() === before) faults.push(`${nameOf(control)} does not show that it has focus`);
      if (!isSeen) faults.push(`${nameOf(control)} is covered by ${hit === null ? 'nothing' : nameOf(hit)}`);
    });

    expect(faults).to.deep.equal([]);
  });

  it('never has focus put on it by what the conversation does', async () => {
    const own = document.createElement('input');
    document.body.append(own);
    own.focus();
    const chat = await Chat.open();
    chat.store.receive({ type: 'message', ...userMessage('Hi') });
    chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'a' });
    chat.store.receive({ type: 'token', content: TEXT, messageId: 'a', offset: 0 });
    await chat.drawn();
    chat.store.receive({ type: 'done', messageId: 'a', fullContent: TEXT, status: 'stopped' });
    chat.store.receive({ type: 'error', message: '', code: 'busy' });
    chat.store.set({ connection: 'reconnecting' });
    await chat.drawn();
    const focused = document.activeElement;
    own.remove();

    expect(focused === own).to.equal(true);
  });
});

describe('a message that is too long', () => {
  afterEach(() => Chat.cleanUp());

  it('is said to be wrong by its field, with the reason as its description', async () => {
    const chat = await Chat.open();
    await chat.type('x'.repeat(MESSAGE_MAX_CHARS + 2));
    const reason = chat.get(`#${chat.field.getAttribute('aria-describedby') ?? ''}`);

    expect(chat.field.getAttribute('aria-invalid')).to.equal('true');
    expect(reason.textContent).to.equal('Too long by 2 characters');
    expect(chat.get('.send').matches(':disabled')).to.equal(true);
  });
});
