/** Pages where nothing can be kept: storage that is full, switched off, forbidden or a stub. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { documentWith, HostBrowser } from '../../support/host-conversation.ts';

const SCRIPT = '<script src="/ivy-chat.js"></script>';

let browser: HostBrowser;

beforeAll(async () => {
  browser = await HostBrowser.start();
});
afterEach(() => browser.tidy());
afterAll(() => browser.close());

function full(): void {
  Storage.prototype.setItem = () => {
    throw new DOMException('no room', 'QuotaExceededError');
  };
}

function switchedOff(): void {
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { value: undefined, configurable: true });
}

function forbidden(): void {
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, {
      configurable: true,
      get() {
        throw new DOMException('not here', 'SecurityError');
      },
    });
}

function broken(): void {
  const fail = (): never => {
    throw new DOMException('broken', 'InvalidStateError');
  };
  Object.assign(Storage.prototype, { getItem: fail, setItem: fail, removeItem: fail, key: fail });
  Object.defineProperty(Storage.prototype, 'length', { get: fail });
}

/** Of a library that keeps values instead of text. */
function stubbed(): void {
  const stub = {
    length: 3,
    key: () => 7,
    getItem: () => ({ draft: true }),
    setItem: () => 0,
    removeItem: () => 0,
  };
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { value: stub, configurable: true });
}

function empty(): void {
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { value: {}, configurable: true });
}

it.each([
  ['is full', full],
  ['is switched off', switchedOff],
  ['is forbidden', forbidden],
  ['throws whatever is asked', broken],
  ['is a stub with values that are no text', stubbed],
  ['is an empty object', empty],
])('[H12] a page whose storage %s has a conversation', async (_, before) => {
  const host = await browser.open({ html: documentWith(SCRIPT), before });
  await host.isWell();
});

it('[H12] a page that has filled its storage to the brim has a conversation', async () => {
  const host = await browser.open({
    html: documentWith(
      `<script>
        for (const storage of [localStorage, sessionStorage]) {
          let piece = 'x'.repeat(1 << 20);
          for (let key = 0; piece !== ''; key += 1) {
            try { storage.setItem('theirs' + key + piece.length, piece); }
            catch { piece = piece.slice(0, piece.length >> 1); }
          }
        }
      </script>${SCRIPT}`,
    ),
  });
  await host.isWell();
  const room = await host.read(z.boolean(), () => {
    try {
      localStorage.setItem('ivy', 'x'.repeat(100));
      return true;
    } catch {
      return false;
    }
  });
  expect(room, 'there was no room').toBe(false);
});
