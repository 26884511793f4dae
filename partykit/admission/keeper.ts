/** Admission as a relay is configured: reads the variables, asks for a decision, and writes down every denial. */
import { threadOfRoom, type Result } from '#protocol';
import { readConfig } from '../env.ts';
import { fingerprint } from '../fingerprint.ts';
import { writeLogLine } from '../log-line.ts';
import type { Access } from '../room/session.ts';
import { admit, renewAccess, type ConnectRequest } from './admission.ts';
import type { Denial } from './denial.ts';
import type { Door } from './door.ts';

/** The address that the room is to see. */
export async function admitTo(variables: unknown, request: ConnectRequest): Promise<Result<string, Denial>> {
  const admitted = await admit(doorOf(variables), request);
  if (!admitted.ok) logDenial(admitted.failure, request.room, request.origin);
  return admitted;
}

/** Rule H7. `room`: the one that the connection is in. */
export async function renewIn(
  variables: unknown,
  room: string,
  token: string,
): Promise<Result<Access, Denial>> {
  const thread = threadOfRoom(room);
  const renewed = await renewAccess(doorOf(variables), token, {
    threadId: thread.ok ? thread.value : '',
    now: Date.now(),
  });
  if (!renewed.ok) logDenial(renewed.failure, room, undefined);
  return renewed;
}

/** Undefined where the configuration cannot be used; the log says why. */
export function doorOf(variables: unknown): Door | undefined {
  const config = readConfig(variables);
  if (config.ok) return config.value.door;
  for (const problem of config.failure) writeLogLine({ event: 'misconfigured', problem });
  return undefined;
}

/** The origin is in the line, because its variable is what the operator may want to change. */
function logDenial({ frame, reason, hint }: Denial, room: string, origin: string | undefined): void {
  const page = reason === 'origin' ? { origin: origin?.slice(0, 256) ?? 'none' } : {};
  writeLogLine({ event: 'refused', code: frame.code, why: reason, thread: fingerprint(room), ...page, hint });
}
