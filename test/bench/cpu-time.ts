/** How long the processes of a group have kept the machine's cores busy, whatever else it had to do. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second. */
const MS_PER_TICK = 10;

/** In ms; NaN where the system does not tell. */
export function cpuTimeOf(groupId: number): number {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.reduce((sum, pid) => sum + timeOf(pid, groupId), 0);
  } catch {
    return NaN;
  }
}

function timeOf(pid: string, groupId: number): number {
  try {
    // After the name, which may hold anything: state, parent, group; the 12th and 13th are the times in user and kernel mode.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(fields[2]) !== groupId) return 0;
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return 0;
  }
}
