/**
 * A socket whose frames come with the task in which they are given. In a browser a frame is an event, and that event is the
 * task; the clock of the benchmarks gives every subject its token in a task that is such an event already. A second one made
 * by a script would be what no subject has to pay, on the page or here.
 */
import { ScriptedSocket } from '../../../demo/gallery/scripted-relay.ts';

export class TaskSocket extends ScriptedSocket {
  readonly #listeners: EventListener[] = [];

  override addEventListener(type: string, listener: EventListenerOrEventListenerObject | null): void {
    if (type === 'message' && typeof listener === 'function') this.#listeners.push(listener);
    else super.addEventListener(type, listener);
  }

  override receive(data: string): void {
    if (this.readyState !== ScriptedSocket.OPEN) return;
    for (const listener of this.#listeners) Reflect.apply(listener, this, [{ data }]);
  }
}
