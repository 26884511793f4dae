/** `npm start`: the whole demo on this machine. Only the check of Node is loaded before it has passed. */
import { nodeVersionProblem } from './runner/node-version.ts';

const problem = nodeVersionProblem(process.versions.node);
if (problem === undefined) {
  const { runStart } = await import('./runner/start-command.ts');
  process.exitCode = await runStart();
} else {
  console.error(problem);
  process.exitCode = 1;
}
