/**
 * A short stand-in for an id in the log: the same id gives the same one, and it does not open the thread that the id opens.
 * FNV-1a in 64 bits; enough for ids that cannot be guessed, which thread ids have to be.
 */
export function fingerprint(id: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < id.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(id.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
