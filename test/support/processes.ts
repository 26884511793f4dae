/** The processes of this machine as Linux lists them, for tests that look whether something is left of what they started. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface ListedProcess {
  readonly id: number;
  readonly parentId: number;
  readonly groupId: number;
  /** Program and parameters, as everybody on the machine can read them. */
  readonly commandLine: string;
}

/** False where there is no such list; tests that need it are skipped there. */
export const CAN_LIST_PROCESSES = existsSync('/proc/self/cmdline');

export function listProcesses(): readonly ListedProcess[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => readProcess(entry));
}

/** Empty for a process that is gone by the time it is looked at. */
function readProcess(entry: string): readonly ListedProcess[] {
  try {
    const stat = readFileSync(`/proc/${entry}/stat`, 'latin1');
    const [, parentId, groupId] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const commandLine = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ').trimEnd();
    return [{ id: Number(entry), parentId: Number(parentId), groupId: Number(groupId), commandLine }];
  } catch {
    return [];
  }
}
