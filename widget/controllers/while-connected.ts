/** For what an element has only while it is in a page: listeners, observers, timers. */
import type { ReactiveControllerHost } from 'lit';

/** Has something begun each time that the element comes into a page. The signal is aborted when it goes. */
export function whileConnected(host: ReactiveControllerHost, begin: (signal: AbortSignal) => void): void {
  let life: AbortController | undefined;
  const hostDisconnected = (): void => life?.abort();
  host.addController({
    hostConnected() {
      hostDisconnected();
      life = new AbortController();
      begin(life.signal);
    },
    hostDisconnected,
  });
}
