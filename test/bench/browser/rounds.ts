/**
 * Measures several subjects in turn, so that a machine that grows slower does so for all. What fails once is not tried again and
 * does not take the others with it.
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
  /** When no further round is begun; the first always is. */
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
  const rounds = Math.max(0, ...subjects.map(({ runs }) => runs));
  const end = now() + budgetMs;
  for (let round = 0; round < rounds && (round === 0 || now() < end); round += 1) {
    for (const subject of subjects) {
      if (round >= subject.runs || failures.has(subject.id)) continue;
      try {
        readings.get(subject.id)?.push(await measure(subject));
      } catch (error) {
        failures.set(subject.id, oneLine(error));
        console.error(`  ${subject.name}: ${oneLine(error)}`);
      }
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
