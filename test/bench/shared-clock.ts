/** A clock that all processes of this machine share, so that one can say when it wrote what another reads. */

/** Milliseconds since some moment before any of them began. */
export function sharedNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The same for a time of this process's `performance.now()`. */
export function sharedTime(time: number): number {
  return sharedNow() - performance.now() + time;
}
