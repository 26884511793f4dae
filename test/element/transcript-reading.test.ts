import { expect } from 'chai';
import { selectedRange } from '../../widget/controllers/selected-range.ts';
import { answer, Chat, nextTask, userMessage } from '../support/chat-harness.ts';
import { present } from '../support/present.ts';

const long = (words: string): string => `${words}\n\n`.repeat(40);

const distanceToEnd = ({ scroller }: Chat): number =>
  Math.round(scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop);

async function stream(chat: Chat, text: string, offset = 0): Promise<void> {
  if (offset === 0) chat.store.receive({ type: 'streaming', isStreaming: true, messageId: 'live' });
  chat.store.receive({ type: 'token', content: text, messageId: 'live', offset });
  await chat.drawn();
}

async function finish(chat: Chat, text: string): Promise<void> {
  chat.store.receive({ type: 'done', messageId: 'live', fullContent: text, status: 'complete' });
  await chat.drawn();
}

describe('days in the transcript', () => {
  afterEach(() => Chat.cleanUp());

  const noon = new Date().setHours(12, 0, 0, 0);
  const at = (daysAgo: number, id: string) => ({
    ...userMessage(id, id),
    timestamp: noon - daysAgo * 86_400_000,
  });
  const days = (chat: Chat): string[] =>
    [...chat.root.querySelectorAll('.day')].map(({ textContent }) => textContent);

  it('are headings above the first turn of each', async () => {
    const chat = await Chat.open([at(400, 'a'), at(1, 'b'), at(1, 'c'), at(0, 'd'), at(0, 'e')]);

    expect(days(chat).slice(1)).to.deep.equal(['Yesterday', 'Today']);
    expect(days(chat)[0]).to.match(/\d{4}/);
    expect(chat.get('.day').tagName).to.equal('H3');
    expect(chat.get('[data-turn=b] .day').textContent).to.equal('Yesterday');
  });

  it('are not named while there is only today', async () => {
    const chat = await Chat.open([at(0, 'a'), at(0, 'b')]);

    expect(days(chat)).to.deep.equal([]);
  });

  it('speak the language of the element', async () => {
    const chat = await Chat.open([at(1, 'a'), at(0, 'b')], { locale: 'pt-BR' });

    expect(days(chat)).to.deep.equal(['Ontem', 'Hoje']);
  });
});

describe('copying a message', () => {
  const taken: string[] = [];
  const clipboard = (writeText: (text: string) => Promise<void>): void => {
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
  };

  afterEach(async () => {
    taken.splice(0);
    Reflect.deleteProperty(navigator, 'clipboard');
    await Chat.cleanUp();
  });

  it('takes what was written, not what was drawn, and says so', async () => {
    clipboard((text) => Promise.resolve(void taken.push(text)));
    const chat = await Chat.open([userMessage('**Hi**'), answer('# Title\n\n*word*')]);
    await chat.click('.user .copy-turn');
    await chat.click('.assistant .copy-turn');

    expect(taken).to.deep.equal(['**Hi**', '# Title\n\n*word*']);
    expect(chat.textOf('.assistant .copy-turn')).to.equal('Copied');
    expect(chat.get('.assistant .copy-turn').classList.contains('copied')).to.equal(true);
  });

  it('goes the old way where there is no clipboard', async () => {
    clipboard(() => Promise.reject(new Error('not allowed')));
    const clipboardData = new DataTransfer();
    // The browser does this only for a person.
    Object.defineProperty(document, 'execCommand', {
      configurable: true,
      value: (command: string) =>
        !document.dispatchEvent(Object.assign(new Event(command, { cancelable: true }), { clipboardData })),
    });
    const chat = await Chat.open([userMessage('Hi'), answer('**word**')]);
    await chat.click('.assistant .copy-turn');
    Reflect.deleteProperty(document, 'execCommand');

    expect(clipboardData.getData('text/plain')).to.equal('**word**');
    expect(chat.textOf('.assistant .copy-turn')).to.equal('Copied');
    expect(getSelection()?.rangeCount).to.equal(0);
  });

  it('leaves the text selected for the reader’s own keys where nothing else is allowed', async () => {
    clipboard(() => Promise.reject(new Error('not allowed')));
    const chat = await Chat.open([userMessage('Hi'), answer('**word**')]);
    await chat.click('.assistant .copy-turn');

    expect(selectedRange(chat.root)?.startContainer === chat.get('.markdown')).to.equal(true);
    expect(chat.textOf('.assistant .copy-turn')).to.equal('Copy message');
    getSelection()?.removeAllRanges();
  });

  it('is offered for what is finished and has words', async () => {
    const chat = await Chat.open([
      userMessage('Hi'),
      answer('', { status: 'failed', error: { code: 'upstream_unreachable' } }),
      userMessage('Hi'),
      answer('Partly', { status: 'stopped' }),
    ]);
    await stream(chat, 'Word');

    expect(
      [...chat.root.querySelectorAll('.turn')].map((turn) => turn.querySelector('.copy-turn') !== null),
    ).to.deep.equal([true, false, true, true, false]);
  });
});

describe('the way back to the end', () => {
  afterEach(() => Chat.cleanUp());

  it('says what is new there', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer(long('Some words'))]);
    chat.scroller.scrollTop = 0;
    await chat.drawn();
    expect(chat.textOf('.jump')).to.equal('Jump to latest');
    await stream(chat, 'Word');
    expect(chat.textOf('.jump')).to.equal('Writing an answer…');
    expect(chat.get('.jump').ariaLabel).to.equal('Jump to latest, Writing an answer…');
    await finish(chat, 'Word');
    expect(chat.textOf('.jump')).to.equal('1 new message');
    chat.store.receive({ type: 'message', ...userMessage('From another tab') });
    await chat.drawn();
    expect(chat.get('.jump').ariaLabel).to.equal('Jump to latest, 2 new messages');
    chat.scroller.scrollTop = chat.scroller.scrollHeight;
    await chat.drawn();
    expect(chat.find('.jump') === null).to.equal(true);
    chat.scroller.scrollTop = 0;
    await chat.drawn();

    expect(chat.textOf('.jump')).to.equal('Jump to latest');
  });

  it('leaves the focus to the list', async () => {
    const chat = await Chat.open([userMessage('Hi'), answer(long('Some words'))]);
    chat.scroller.scrollTop = 0;
    await chat.drawn();
    chat.get('.jump').focus();
    chat.scroller.scrollTop = chat.scroller.scrollHeight;
    await chat.drawn();

    expect(chat.root.activeElement === chat.scroller).to.equal(true);
  });
});

describe('following the answer', () => {
  afterEach(async () => {
    getSelection()?.removeAllRanges();
    await Chat.cleanUp();
  });

  const open = async (): Promise<Chat> => {
    const chat = await Chat.open([userMessage('Hi'), answer(long('Some words'))]);
    await stream(chat, 'Word\n\n');
    return chat;
  };
  const touch = (chat: Chat, type: string, clientY: number): boolean =>
    // Engines for a desktop have no touch events to construct.
    chat.scroller.dispatchEvent(Object.assign(new Event(type), { touches: [{ identifier: 1, clientY }] }));
  const key = (chat: Chat, init: KeyboardEventInit): boolean =>
    chat.scroller.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, composed: true, ...init }));

  const ways: Record<string, (chat: Chat) => unknown> = {
    'a wheel turned up': ({ scroller }) => scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 })),
    'a finger that drags down': (chat) => {
      touch(chat, 'touchstart', 100);
      touch(chat, 'touchmove', 103);
    },
    'Page Up': (chat) => key(chat, { key: 'PageUp' }),
    'Arrow Up': (chat) => key(chat, { key: 'ArrowUp' }),
    Home: (chat) => key(chat, { key: 'Home' }),
    'Shift and Space': (chat) => key(chat, { key: ' ', shiftKey: true }),
    'a press on the scrollbar': ({ scroller }) =>
      scroller.dispatchEvent(
        new PointerEvent('pointerdown', {
          clientX: scroller.getBoundingClientRect().left + scroller.clientWidth,
        }),
      ),
  };
  for (const [way, act] of Object.entries(ways)) {
    it(`ends at once with ${way}, before anything has scrolled`, async () => {
      const chat = await open();
      const top = chat.scroller.scrollTop;
      act(chat);
      await stream(chat, long('More'), 6);

      expect(chat.scroller.scrollTop).to.equal(top);
      expect(chat.find('.jump') === null).to.equal(false);
    });
  }

  it('ends with a selection, and goes on when it is given up at the end', async () => {
    const chat = await open();
    const top = chat.scroller.scrollTop;
    getSelection()?.selectAllChildren(chat.get('.markdown p'));
    await chat.drawn();
    expect(chat.find('.jump') === null).to.equal(true);
    getSelection()?.removeAllRanges();
    await nextTask();
    await stream(chat, long('More'), 6);
    expect(distanceToEnd(chat)).to.equal(0);
    getSelection()?.selectAllChildren(chat.get('.markdown p'));
    await nextTask();
    const later = chat.scroller.scrollTop;
    expect(later).to.be.greaterThan(top);
    await stream(chat, long('More'), 6 + long('More').length);

    expect(chat.scroller.scrollTop).to.equal(later);
    getSelection()?.removeAllRanges();
    await nextTask();
    expect(chat.find('.jump') === null).to.equal(false);
  });

  it('does not come back while a selection is dragged over the end', async () => {
    const chat = await open();
    chat.get('.content').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    getSelection()?.selectAllChildren(chat.get('.markdown p'));
    await nextTask();
    chat.scroller.scrollTop -= 30;
    await chat.drawn();
    chat.scroller.scrollTop = chat.scroller.scrollHeight;
    await chat.drawn();
    const top = chat.scroller.scrollTop;
    await stream(chat, long('More'), 6);
    expect(chat.scroller.scrollTop).to.equal(top);
    dispatchEvent(new PointerEvent('pointerup'));
    chat.scroller.scrollTop = chat.scroller.scrollHeight;
    await chat.drawn();
    await stream(chat, long('More'), 6 + long('More').length);

    expect(distanceToEnd(chat)).to.equal(0);
  });

  it('goes on through what means nothing: a wheel turned down, zooming, keys pressed elsewhere, growth', async () => {
    const chat = await open();
    chat.scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: 3 }));
    chat.scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -3, ctrlKey: true }));
    await chat.press('ArrowUp');
    getSelection()?.selectAllChildren(chat.get('.composer'));
    await nextTask();
    await stream(chat, long('More'), 6);

    expect(distanceToEnd(chat)).to.equal(0);
  });

  it('goes on in a conversation that could not be scrolled when the wheel was turned', async () => {
    const chat = await Chat.open([userMessage('Hi')]);
    chat.scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
    await stream(chat, long('More'));

    expect(distanceToEnd(chat)).to.equal(0);
  });

  it('goes on after a turn back at the end', async () => {
    const chat = await open();
    chat.scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
    chat.scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: 1 }));
    await stream(chat, long('More'), 6);

    expect(distanceToEnd(chat)).to.equal(0);
  });

  it('does not undo what the page or the focus has scrolled in the same moment', async () => {
    const chat = await open();
    chat.scroller.scrollTop = 100;
    chat.store.receive({ type: 'message', ...userMessage('From another tab') });
    await chat.drawn();
    expect(chat.scroller.scrollTop).to.equal(100);
    chat.scroller.scrollTop = 200;
    chat.store.receive({ type: 'message', ...userMessage('Another') });
    await chat.drawn();

    expect(chat.scroller.scrollTop).to.equal(200);
  });
});

describe('walking the transcript by keys', () => {
  afterEach(() => Chat.cleanUp());

  const press = async (chat: Chat, key: string): Promise<boolean> => {
    const target = present(chat.root.activeElement ?? undefined);
    const goesOn = target.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
    );
    await chat.drawn();
    return goesOn;
  };
  const focused = (chat: Chat): string | null | undefined =>
    chat.root.activeElement?.getAttribute('data-turn');

  it('goes from the list to the newest turn, from turn to turn, and back to the composer', async () => {
    const chat = await Chat.open([
      userMessage('1', 'a'),
      answer('2', { id: 'b' }),
      userMessage('3', 'c'),
      answer('4', { id: 'd' }),
    ]);
    chat.scroller.focus();
    await press(chat, 'Enter');
    expect(focused(chat)).to.equal('d');
    await press(chat, 'ArrowUp');
    expect(focused(chat)).to.equal('c');
    await press(chat, 'Home');
    await press(chat, 'ArrowUp');
    expect(focused(chat)).to.equal('a');
    await press(chat, 'ArrowDown');
    expect(focused(chat)).to.equal('b');
    await press(chat, 'End');
    expect(focused(chat)).to.equal('d');
    await press(chat, 'Escape');

    expect(chat.root.activeElement === chat.field).to.equal(true);
  });

  it('goes to turns that were left out, and shows them', async () => {
    const messages = Array.from({ length: 600 }, (_, index) =>
      index % 2 === 0 ? userMessage('Hi', `m${String(index)}`) : answer('Hello', { id: `m${String(index)}` }),
    );
    const chat = await Chat.open(messages);
    chat.scroller.focus();
    await press(chat, 'Enter');
    await press(chat, 'Home');
    expect(focused(chat)).to.equal('m0');
    const { top } = present(chat.root.activeElement ?? undefined).getBoundingClientRect();
    expect(top).to.be.within(0, chat.scroller.getBoundingClientRect().bottom);
    await press(chat, 'End');

    expect(focused(chat)).to.equal('m599');
    expect(distanceToEnd(chat)).to.be.lessThan(20);
  });

  it('leaves keys to what is inside a turn', async () => {
    const chat = await Chat.open([userMessage('1'), answer('```\ncode\n```')]);
    chat.get('pre').focus();
    expect(await press(chat, 'ArrowDown')).to.equal(true);
    expect(await press(chat, 'Enter')).to.equal(true);

    expect(chat.root.activeElement === chat.get('pre')).to.equal(true);
  });

  it('finds a name on every turn', async () => {
    const chat = await Chat.open([userMessage('1'), answer('2')]);
    await stream(chat, 'Word');
    const names = [...chat.root.querySelectorAll('.turn')].map((turn) => turn.ariaLabel ?? '');

    expect(names[0]).to.match(/^Your message, .*\d/);
    expect(names[1]).to.match(/^Assistant’s answer, .*\d/);
    expect(names[2]).to.equal('Writing an answer…');
  });
});
