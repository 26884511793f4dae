/** A group of processes that began as one child: PartyKit, and the workerd and esbuild that it starts. POSIX only. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Nothing tells when the last process of a group is gone, so it is asked this often. */
const POLL_MS = 20;

/** Signals every process of the group; a group that is gone is none to complain about. */
export function signalGroup(groupId: number, signal: NodeJS.Signals): void {
  signalIfThere(-groupId, signal);
}

/** Signals the process that the group began as, and none of those that it started. */
export function signalLeader(groupId: number, signal: NodeJS.Signals): void {
  signalIfThere(groupId, signal);
}

function signalIfThere(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    if (!isErrno(error, 'ESRCH') && !isErrno(error, 'EPERM')) throw error;
  }
}

/** Whether a process of the group still runs. Zombies do not: in a container nobody may ever collect them. */
export function groupRuns(groupId: number): boolean {
  try {
    process.kill(-groupId, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || hasLivingMember(groupId);
}

/** Waits until no process of the group runs; false when one still does after `limitMs`. */
export async function groupEnds(groupId: number, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (groupRuns(groupId)) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}

function hasLivingMember(groupId: number): boolean {
  return readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && isLivingMember(entry, groupId));
}

function isLivingMember(processId: string, groupId: number): boolean {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${processId}/stat`, 'latin1');
  } catch {
    return false;
  }
  // "pid (name) state parent group …", and the name may hold anything, also a parenthesis.
  const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(group) === groupId && state !== 'Z' && state !== 'X';
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
