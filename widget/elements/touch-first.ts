/** Whether this is a device to touch: its Enter key makes lines, and what takes focus brings up a keyboard. */
export function isTouchFirst(): boolean {
  return matchMedia('(pointer: coarse)').matches && !matchMedia('(any-pointer: fine)').matches;
}
