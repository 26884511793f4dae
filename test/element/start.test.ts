/** What the chat does before there is anything to show: a page waits for it. */
import { expect } from 'chai';
import { answer, Chat, userMessage } from '../support/chat-harness.ts';
import { FakeWebSocket } from '../support/fake-web-socket.ts';

type Restore = () => void;

/** Counts how often a getter or a method is used, by name. */
function count(used: string[], holder: object, name: string): Restore {
  const descriptor = Object.getOwnPropertyDescriptor(holder, name);
  if (descriptor === undefined) return () => undefined;
  const counted = { ...descriptor };
  const told = <Call extends (...values: never[]) => unknown>(real: Call): Call =>
    new Proxy(real, {
      apply: (target, self, values): unknown => {
        used.push(name);
        return Reflect.apply(target, self, values);
      },
      construct: (target, values): object => {
        used.push(name);
        return Reflect.construct(target, values) as object;
      },
    });
  const value: unknown = descriptor.value;
  if (descriptor.get !== undefined) counted.get = told(Reflect.get(descriptor, 'get') as () => unknown);
  else if (typeof value === 'function') counted.value = told(value as () => unknown);
  Object.defineProperty(holder, name, counted);
  return () => void Object.defineProperty(holder, name, descriptor);
}

describe('the start of a chat', () => {
  let restore: Restore[] = [];

  afterEach(async () => {
    for (const undo of restore) undo();
    restore = [];
    await Chat.cleanUp();
  });

  it('makes no formats and has nothing laid out while there is nothing to show', async () => {
    const { WebSocket: realWebSocket } = globalThis;
    Object.assign(globalThis, { WebSocket: FakeWebSocket });
    const used: string[] = [];
    restore = [
      () => void Object.assign(globalThis, { WebSocket: realWebSocket }),
      ...['DateTimeFormat', 'Locale', 'NumberFormat', 'RelativeTimeFormat'].map((name) =>
        count(used, Intl, name),
      ),
      ...['clientHeight', 'clientWidth', 'scrollHeight', 'scrollTop', 'getBoundingClientRect'].map((name) =>
        count(used, Element.prototype, name),
      ),
      ...['height', 'scale'].map((name) => count(used, VisualViewport.prototype, name)),
    ];
    const chat = new Chat(document.createElement('ivy-chat'));
    chat.element.threadId = 'start';
    chat.element.host = 'relay.test';
    document.body.append(chat.element);
    await chat.element.updateComplete;
    for (const view of chat.root.querySelectorAll('ivy-chat-transcript, ivy-chat-composer'))
      await (view as Element & { readonly updateComplete: Promise<boolean> }).updateComplete;

    expect(chat.find('textarea') === null).to.equal(false);
    expect(used).to.deep.equal([]);
  });

  it('makes what it needs when there is something', async () => {
    const used: string[] = [];
    restore = [count(used, Intl, 'DateTimeFormat')];
    await Chat.open([userMessage('Hi'), answer('Hello')]);
    expect(used).not.to.deep.equal([]);
  });

  it('draws the field as soon as it is on the page, and the rest in a task of its own', async () => {
    const element = document.createElement('ivy-chat');
    document.body.append(element);
    const seen = (selector: string): boolean => element.shadowRoot?.querySelector(selector) != null;
    for (let microtask = 0; microtask < 50; microtask += 1) await Promise.resolve();
    expect([seen('textarea'), seen('.header'), seen('.scroller')]).to.deep.equal([true, false, false]);
    await element.updateComplete;
    expect([seen('textarea'), seen('.header'), seen('.scroller')]).to.deep.equal([true, true, true]);
  });

  it('is there with what was written before the reload, and keeps what is added to it at once', async () => {
    const key = 'ivy-chat:draft:relay.test/start';
    sessionStorage.setItem(key, 'One line,\nanother,\n');
    const element = document.createElement('ivy-chat');
    element.threadId = 'start';
    element.host = 'relay.test';
    document.body.append(element);
    for (let microtask = 0; microtask < 50; microtask += 1) await Promise.resolve();
    const field = element.shadowRoot?.querySelector('textarea') ?? document.createElement('textarea');
    field.value += 'a third';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await Promise.resolve();
    const { top } = field.getBoundingClientRect();
    await element.updateComplete;
    expect([field.value, sessionStorage.getItem(key)]).to.deep.equal(
      Array(2).fill('One line,\nanother,\na third'),
    );
    expect(field.getBoundingClientRect().top).to.equal(top);
    sessionStorage.clear();
  });

  it('moves the field no more once it is there', async () => {
    const element = document.createElement('ivy-chat');
    document.body.append(element);
    const place = (): DOMRect | undefined =>
      element.shadowRoot?.querySelector('textarea')?.getBoundingClientRect();
    for (let microtask = 0; microtask < 50; microtask += 1) await Promise.resolve();
    const before = place();
    await element.updateComplete;
    expect(place()).to.deep.equal(before);
  });

  it('[H13] draws the rest also on a page whose requestAnimationFrame throws', async () => {
    const real = window.requestAnimationFrame.bind(window);
    restore = [() => void Object.assign(window, { requestAnimationFrame: real })];
    window.requestAnimationFrame = () => {
      throw new Error('not here');
    };
    const element = document.createElement('ivy-chat');
    document.body.append(element);
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('.scroller') == null).to.equal(false);
  });

  it('draws the rest without waiting for frames or timers in a tab that nobody looks at', async () => {
    const frame = window.requestAnimationFrame.bind(window);
    const timer = window.setTimeout.bind(window);
    restore = [
      () => void Object.assign(window, { requestAnimationFrame: frame, setTimeout: timer }),
      () => void Reflect.deleteProperty(document, 'visibilityState'),
    ];
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    Object.assign(window, { requestAnimationFrame: () => 0, setTimeout: () => 0 });
    const element = document.createElement('ivy-chat');
    document.body.append(element);
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('.scroller') == null).to.equal(false);
  });

  it('sends what is asked of it before the rest is there', async () => {
    const { WebSocket: realWebSocket } = globalThis;
    Object.assign(globalThis, { WebSocket: FakeWebSocket });
    restore = [() => void Object.assign(globalThis, { WebSocket: realWebSocket })];
    const chat = new Chat(document.createElement('ivy-chat'));
    chat.element.threadId = 'start';
    chat.element.host = 'relay.test';
    document.body.append(chat.element);
    for (let microtask = 0; microtask < 50; microtask += 1) await Promise.resolve();
    chat.element.sendMessage('Hello');
    await chat.element.updateComplete;
    await chat.element.updateComplete;
    expect(chat.find('.bubble')?.textContent).to.equal('Hello');
  });
});
