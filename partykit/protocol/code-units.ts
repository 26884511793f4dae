/** Lengths on the wire are UTF-16 code units, as offsets are; zod's own checks measure code points. */
import * as z from 'zod/mini';

export const atMostCodeUnits = (limit: number): ReturnType<typeof z.refine<string>> =>
  z.refine((text: string) => text.length <= limit, `over ${limit} code units`);
