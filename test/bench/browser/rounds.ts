/**
 * Measures several subjects in turn, so that a machine that grows slower does so for all; those that are measured
 * most often come first. What fails once is not tried again and does not take the others with it.
 */

export interface Runner {
  readonly id: string;
  readonly name: string;
  readonly runs: number;
}

export interface Outcome<Reading> {
  readonly readings: readonly Reading[];
  /** Why there are fewer than there should be. */
  readonly failure: string | undefined;
}

export interface RoundsOptions {
  /** When no further round is begun; the first one of everybody always is. */
  readonly budgetMs: number;
  readonly now?: () => number;
}

export async function inRounds<Subject extends Runner, Reading>(
  subjects: readonly Subject[],
  measure: (subject: Subject) => Promise<Reading>,
  { budgetMs, now = () => performance.now() }: RoundsOptions,
): Promise<ReadonlyMap<string, Outcome<Reading>>> {
  const readings = new Map<string, Reading[]>(subjects.map(({ id }) => [id, []]));
  const failures = new Map<string, string>();
  const measureOnce = async (subject: Subject): Promise<void> => {
    if (failures.has(subject.id)) return;
    try {
      readings.get(subject.id)?.push(await measure(subject));
    } catch (error) {
      failures.set(subject.id, oneLine(error));
      console.error(`  ${subject.name}: ${oneLine(error)}`);
    }
  };
  const end = now() + budgetMs;
  const counts = new Set(subjects.map(({ runs }) => runs));
  for (const runs of [...counts].sort((one, other) => other - one)) {
    const group = subjects.filter((subject) => subject.runs === runs);
    for (let round = 0; round < runs && (round === 0 || now() < end); round += 1) {
      for (const subject of group) await measureOnce(subject);
    }
  }
  return new Map(
    subjects.map(({ id }) => [id, { readings: readings.get(id) ?? [], failure: failures.get(id) }]),
  );
}

/** Fit for a cell of a table. */
function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').replaceAll('|', '/').slice(0, 120);
}
