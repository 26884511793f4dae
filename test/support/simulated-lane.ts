/** One direction of a simulated connection. Like TCP it keeps the order and loses nothing but its end. */

export type Parcel =
  /** `gen`: of the thread that its sender knew. */
  | { readonly kind: 'frame'; readonly text: string; readonly gen: number }
  /** The other end has closed, or its machine says that it is gone. */
  | { readonly kind: 'close'; readonly code: number };

/** `held`: parcels wait. `lost`: whatever is put in is gone, and so is what was on its way; for good. */
export type Flow = 'open' | 'held' | 'lost';

export class Lane {
  #flow: Flow = 'open';
  #parcels: Parcel[] = [];
  /** How many of the waiting parcels may go although the lane is held. */
  #released = 0;

  get flow(): Flow {
    return this.#flow;
  }

  get waiting(): number {
    return this.#parcels.length;
  }

  put(parcel: Parcel): void {
    if (this.#flow !== 'lost') this.#parcels.push(parcel);
  }

  /** The next parcel that may arrive. */
  take(): Parcel | undefined {
    if (this.#flow === 'open') return this.#parcels.shift();
    if (this.#released === 0) return undefined;
    this.#released -= 1;
    return this.#parcels.shift();
  }

  hold(): void {
    if (this.#flow === 'open') this.#flow = 'held';
  }

  release(count: number): void {
    this.#released = Math.min(count, this.#parcels.length);
  }

  open(): void {
    if (this.#flow === 'held') this.#flow = 'open';
    this.#released = 0;
  }

  lose(): void {
    this.#flow = 'lost';
    this.forget();
  }

  /** What is on its way never arrives. Only just before an end, or it would be no TCP. */
  forget(): void {
    this.#parcels = [];
    this.#released = 0;
  }
}
