/** Which engines a run takes: those that `BROWSERS` names, else all that are installed. */
import { ENGINES, isEngine, notInstalled, type Engine } from '../support/engine.ts';

export interface Choice {
  readonly engines: readonly Engine[];
  /** Why each of the others is left out, one line each. */
  readonly skipped: readonly string[];
}

/**
 * @param browsers the value of `BROWSERS`: names with commas between them
 * @param missingFor what must be installed for an engine; asked only about those that matter
 * @throws with one line, if a name is unknown, or one that was asked for is not installed, or nothing is
 */
export async function chooseEngines(
  browsers: string | undefined,
  missingFor: (engine: Engine) => Promise<readonly string[]>,
): Promise<Choice> {
  const names = (browsers ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names.find((name) => !isEngine(name));
  if (unknown !== undefined) {
    throw new Error(`BROWSERS names ${JSON.stringify(unknown)}; it can name ${ENGINES.join(', ')}.`);
  }
  const wanted = ENGINES.filter((engine) => names.length === 0 || names.includes(engine));
  const found = await Promise.all(
    wanted.map(async (engine) => ({ engine, missing: await missingFor(engine) })),
  );
  const absent = found.filter(({ missing }) => missing.length > 0);
  const lines = absent.map(({ engine, missing }) => notInstalled(engine, missing));
  const engines = found.filter(({ missing }) => missing.length === 0).map(({ engine }) => engine);
  if (lines.length > 0 && (names.length > 0 || engines.length === 0)) throw new Error(lines.join('; '));
  return { engines, skipped: lines };
}
