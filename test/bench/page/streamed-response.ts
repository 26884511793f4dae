/** Answers requests of a chat in the page, so that nothing of a network is measured. */

/** What to answer, or undefined to let the request go out. */
export type Answerer = (url: URL, body: string) => Response | undefined;

/** Every `fetch` of the page is asked about here first. */
export function answerFetch(answerer: Answerer): void {
  const original = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const body = typeof init?.body === 'string' ? init.body : '';
    return answerer(new URL(address, location.href), body) ?? original(input, init);
  };
}

export function jsonResponse(value: unknown): Response {
  return new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });
}

/** A response whose body is written piece by piece. */
export class StreamedResponse {
  readonly response: Response;
  readonly #encoder = new TextEncoder();
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(contentType: string) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
    });
    this.response = new Response(body, { headers: { 'content-type': contentType } });
  }

  encode(text: string): Uint8Array {
    return this.#encoder.encode(text);
  }

  write(bytes: Uint8Array): void {
    this.#controller?.enqueue(bytes);
  }

  end(): void {
    this.#controller?.close();
  }
}
