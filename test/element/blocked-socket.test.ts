/** A page whose policy forbids the socket: the browser itself blocks it, and time there runs thirty times as fast. */
import { expect } from 'chai';
import { nextFrame } from '../support/chat-harness.ts';

const SPEED = 30;

function hurry(page: Window & typeof globalThis): void {
  const { performance, Date: clock } = page;
  const [begun, begunAt] = [performance.now(), clock.now()];
  const [now, wait] = [performance.now.bind(performance), page.setTimeout.bind(page)];
  const passed = (): number => (now() - begun) * SPEED;
  performance.now = () => begun + passed();
  clock.now = () => begunAt + passed();
  Object.assign(page, {
    setTimeout: (run: () => void, delayMs = 0): unknown => wait(run, delayMs / SPEED),
  });
}

async function framedPage(policy: string): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><body>`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  return frame;
}

describe('a page that forbids the socket', () => {
  let frame: HTMLIFrameElement;

  beforeEach(async () => {
    frame = await framedPage("connect-src 'none'");
  });

  afterEach(() => frame.remove());

  it('[F50] is told that the chat cannot be reached, is not harmed, and has it tried on and on', async () => {
    const page = frame.contentWindow as Window & typeof globalThis;
    const errors: unknown[] = [];
    for (const kind of ['error', 'unhandledrejection'])
      page.addEventListener(kind, (event) => errors.push(event));
    let attempts = 0;
    page.document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      if (effectiveDirective === 'connect-src') attempts += 1;
    });
    hurry(page);
    const script = page.document.createElement('script');
    script.type = 'module';
    script.src = new URL('/widget/index.ts', location.origin).href;
    page.document.body.append(script);
    const chat = page.document.createElement('ivy-chat');
    chat.setAttribute('thread-id', 'blocked');
    // Not a port that browsers refuse: WebKit would not come to ask the policy.
    chat.setAttribute('host', 'relay.invalid');
    page.document.body.append(chat);
    const notice = (): string =>
      chat.shadowRoot?.querySelector('[part=connection]')?.textContent.trim() ?? '';

    const shown: string[] = [];
    while (shown.at(-1) !== 'The chat cannot be reached. Still trying…') {
      await nextFrame();
      if (notice() !== (shown.at(-1) ?? '')) shown.push(notice());
    }
    expect(shown[0]).to.equal('Connecting…');
    expect(shown).to.have.length(2);
    for (const attemptsThen = attempts; attempts < attemptsThen + 3;) await nextFrame();
    expect(notice()).to.equal(shown[1]);
    expect(errors).to.deep.equal([]);
  });
});
