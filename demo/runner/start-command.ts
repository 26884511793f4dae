/** What `npm start` does and says, once it is known that this Node can. */
import { fileURLToPath } from 'node:url';
import { runCommand, type Running } from '../../partykit/local/command.ts';
import { readEnvironment, type RelayVariables } from '../../partykit/local/environment.ts';
import { UNUSED_VARIABLES, hasOwnService, startDemo } from './demo.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** @returns the exit code, when it has been told to end or a part of it has ended. */
export function runStart(): Promise<number> {
  return runCommand(start);
}

async function start(signal: AbortSignal): Promise<Running> {
  const environment = readEnvironment(PROJECT);
  const { variables } = environment;
  const demo = await startDemo({
    ...environment,
    signal,
    onLine: ({ kind, text }) => {
      if (kind === 'error' || kind === 'detail') console.error(`relay: ${text}`);
      // Somebody else's service may refuse or fail, and then these lines say how.
      if (kind === 'log' && hasOwnService(variables)) console.log(`relay: ${text}`);
    },
  });
  const unused = UNUSED_VARIABLES.filter((name) => variables[name] !== undefined);
  if (unused.length > 0)
    console.log(`Not used here, since the demo’s pages carry no token: ${unused.join(', ')}.`);
  console.log(`\n  ivy-chat demo  ${demo.siteUrl}/\n`);
  console.log(`  ${answererSentence(variables)}\n  Ctrl-C ends it.\n`);
  return demo;
}

/** Names the service without its address: the one address printed is the one to open. */
function answererSentence(variables: RelayVariables): string {
  if (!hasOwnService(variables))
    return 'The built-in demo agent answers. Set AST_URL, or UPSTREAM, to have your own service answer.';
  const { UPSTREAM, AST_URL, OPENAI_BASE_URL, AGUI_URL } = variables;
  const address = UPSTREAM === 'openai' ? OPENAI_BASE_URL : UPSTREAM === 'ag-ui' ? AGUI_URL : AST_URL;
  const name = address !== undefined && URL.canParse(address) ? new URL(address).host : 'your own service';
  return `Answers come from ${name}.`;
}
