/**
 * The page that the frame is in, which may or may not listen. The relay's `frame-ancestors` says which pages there can be,
 * so that what is told here reaches nobody else, and what is heard from there is from one of them.
 */

/** How long the wait for an answer may be is the chat's to say; a page may only begin to listen after the first question. */
const AGAIN_MS = 2_000;

const SIZE = 'ivy-chat:size';
const GET_TOKEN = 'ivy-chat:get-token';
const TOKEN = 'ivy-chat:token';

export class PageAround {
  readonly #window: Window;
  #height: number | undefined;

  constructor(around: Window) {
    this.#window = around;
  }

  /** In CSS px: at this height nothing in the frame has to be scrolled. */
  wants(height: number): void {
    if (height === this.#height) return;
    this.#height = height;
    this.#tell({ type: SIZE, height });
  }

  /** Asks until there is an answer. */
  token(threadId: string): Promise<string> {
    return new Promise((resolve) => {
      const ask = (): void => this.#tell({ type: GET_TOKEN, threadId });
      const again = setInterval(ask, AGAIN_MS);
      const hear = ({ source, data }: MessageEvent<unknown>): void => {
        const token = source === this.#window ? tokenIn(data) : undefined;
        if (token === undefined) return;
        clearInterval(again);
        removeEventListener('message', hear);
        resolve(token);
      };
      addEventListener('message', hear);
      ask();
    });
  }

  #tell(message: Readonly<Record<string, string | number>>): void {
    this.#window.postMessage(message, '*');
  }
}

function tokenIn(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== TOKEN) return undefined;
  return 'token' in data && typeof data.token === 'string' ? data.token : undefined;
}
