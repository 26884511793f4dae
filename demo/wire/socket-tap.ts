/**
 * Listens to every WebSocket of a page, in both directions, without a change of who uses them: a class of the same name,
 * put in place before the script that opens them. It can also break them, as a network does.
 */

export type WireEvent =
  | { readonly kind: 'opened' }
  | { readonly kind: 'closed'; readonly code: number }
  | { readonly kind: 'sent' | 'received'; readonly data: unknown };

export interface SocketTap {
  /** Breaks what is open, and whatever is opened in the next so many ms. Then the page is told, as of a network that is back. */
  drop(forMs: number): void;
}

export function tapSockets(page: Window & typeof globalThis, hear: (event: WireEvent) => void): SocketTap {
  const open = new Set<WebSocket>();
  let brokenUntil = 0;

  class TappedSocket extends page.WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      open.add(this);
      // Before anybody else can listen: what is heard here comes before what it makes them send.
      this.addEventListener('open', () => hear({ kind: 'opened' }));
      this.addEventListener('message', ({ data }: MessageEvent<unknown>) => hear({ kind: 'received', data }));
      this.addEventListener('close', ({ code }) => {
        open.delete(this);
        hear({ kind: 'closed', code });
      });
      if (performance.now() < brokenUntil) super.close();
    }

    override send(data: string | BufferSource | Blob): void {
      hear({ kind: 'sent', data });
      super.send(data);
    }
  }

  Object.defineProperty(page, 'WebSocket', { value: TappedSocket, writable: true, configurable: true });
  return {
    drop: (forMs) => {
      brokenUntil = performance.now() + forMs;
      for (const socket of open) socket.close();
      page.setTimeout(() => page.dispatchEvent(new Event('online')), forMs);
    },
  };
}
