/** The oldest Node that the project runs on, in a sentence instead of an error deep in a dependency. Imports nothing. */

/** As in package.json's `engines`: Vitest 4, Vite 8 and util.parseEnv need it. */
export const OLDEST_NODE = '20.19';

/** @param version as in `process.versions.node` */
export function nodeVersionProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  const isOldEnough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return isOldEnough
    ? undefined
    : `ivy-chat needs Node ${OLDEST_NODE} or newer, and this is Node ${version}.`;
}
