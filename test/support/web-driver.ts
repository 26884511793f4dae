/** The few commands of W3C WebDriver that the tests need, over fetch. Names are those of the specification. */
import * as z from 'zod/mini';

/** For a command that a page does not hold up. */
const COMMAND_LIMIT_MS = 60_000;

const replySchema = z.object({ value: z.unknown() });
const failureSchema = z.object({ error: z.string(), message: z.string() });
const sessionSchema = z.object({ sessionId: z.string() });
const windowSchema = z.object({ handle: z.string() });

type Method = 'GET' | 'POST' | 'DELETE';

/** One input device and what it does, as the specification writes it. */
export interface InputSource {
  readonly type: 'pointer' | 'key';
  readonly id: string;
  readonly parameters?: { readonly pointerType: 'mouse' };
  readonly actions: readonly Readonly<Record<string, string | number>>[];
}

export class WebDriverError extends Error {
  override readonly name = 'WebDriverError';
  /** As the specification lists them: "script timeout", "no such window" … */
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

export class WebDriverSession {
  readonly #address: string;

  private constructor(address: string) {
    this.#address = address;
  }

  /**
   * @param driver origin of the driver
   * @param capabilities those that must be there
   */
  static async open(
    driver: string,
    capabilities: Readonly<Record<string, unknown>>,
  ): Promise<WebDriverSession> {
    const reply = await send('POST', `${driver}/session`, { capabilities: { alwaysMatch: capabilities } });
    return new WebDriverSession(`${driver}/session/${sessionSchema.parse(reply).sessionId}`);
  }

  /** Resolves when the page has loaded. */
  async navigate(url: string): Promise<void> {
    await this.#post('url', { url });
  }

  async refresh(): Promise<void> {
    await this.#post('refresh', {});
  }

  async currentUrl(): Promise<string> {
    return z.string().parse(await send('GET', `${this.#address}/url`));
  }

  /** @param script the body of a function */
  execute(script: string): Promise<unknown> {
    return this.#post('execute/sync', { script, args: [] });
  }

  /** @param script the body of a function, which gives its result to the function that is its parameter */
  executeAsync(script: string): Promise<unknown> {
    return this.#post('execute/async', { script, args: [] });
  }

  async performActions(sources: readonly InputSource[]): Promise<void> {
    await this.#post('actions', { actions: sources });
  }

  /** A base64 PNG. */
  async takeScreenshot(): Promise<string> {
    return z.string().parse(await send('GET', `${this.#address}/screenshot`));
  }

  /**
   * The handle of a new window, which is not switched to. Not a tab: those of WebKit's small browser stay in the
   * background, where a press of the mouse waits for ever.
   */
  async newWindow(): Promise<string> {
    return windowSchema.parse(await this.#post('window/new', { type: 'window' })).handle;
  }

  async windowHandle(): Promise<string> {
    return z.string().parse(await send('GET', `${this.#address}/window`));
  }

  async switchToWindow(handle: string): Promise<void> {
    await this.#post('window', { handle });
  }

  /** Another one must be switched to then. */
  async closeWindow(): Promise<void> {
    await send('DELETE', `${this.#address}/window`);
  }

  async setWindowRect(width: number, height: number): Promise<void> {
    await this.#post('window/rect', { width, height });
  }

  async setScriptTimeout(milliseconds: number): Promise<void> {
    await this.#post('timeouts', { script: milliseconds });
  }

  #post(path: string, body: Readonly<Record<string, unknown>>): Promise<unknown> {
    return send('POST', `${this.#address}/${path}`, body);
  }
}

/** Whether a driver listens there and can take a session. */
export async function isReady(driver: string): Promise<boolean> {
  try {
    return z.object({ ready: z.boolean() }).parse(await send('GET', `${driver}/status`)).ready;
  } catch {
    return false;
  }
}

async function send(
  method: Method,
  address: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const response = await fetch(address, {
    method,
    signal: AbortSignal.timeout(COMMAND_LIMIT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = replySchema.parse(await response.json());
  if (response.ok) return value;
  const failure = failureSchema.safeParse(value);
  if (failure.success) throw new WebDriverError(failure.data.error, failure.data.message);
  throw new WebDriverError('unknown error', `${method} ${address} answered ${response.status}`);
}
