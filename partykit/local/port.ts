/** Asks whether a port can be had, before anything is started that would need it. */
import { createServer } from 'node:net';
import { StartError } from './start-error.ts';

/**
 * All of them, whichever address is going to be used: browsers try `::1` first for `localhost`, and some systems let
 * a second program take `127.0.0.1` under one that has the wildcard. Either way the wrong program would answer.
 */
const PROBED_HOSTS = ['127.0.0.1', '::1', '0.0.0.0', '::'];

/** A machine without this address family: nothing can be in the way there. */
const NO_SUCH_ADDRESS = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];

/** A port that a command is about to use, and the variable that a user would change. */
export interface WantedPort {
  readonly variable: string;
  /** 0 stands for any free one. */
  readonly port: number;
}

/** Gives the system's error code when the port cannot be had, undefined when it is free. */
export async function portObstacle(port: number): Promise<string | undefined> {
  for (const host of PROBED_HOSTS) {
    const code = await tryToListen(port, host);
    if (code !== undefined && !NO_SUCH_ADDRESS.includes(code)) return code;
  }
  return undefined;
}

/**
 * Checks every port of a command, so that nothing is started when one is missing.
 * @throws {StartError} `port_unavailable`, naming the port and the variable to change.
 */
export async function requirePorts(wanted: readonly WantedPort[]): Promise<void> {
  const given = wanted.filter(({ port }) => port !== 0);
  for (const [index, { variable, port }] of given.entries()) {
    const same = given.slice(0, index).find((earlier) => earlier.port === port);
    if (same !== undefined) {
      throw new StartError(
        'port_unavailable',
        `${same.variable} and ${variable} are both ${port}. Set one to another port.`,
      );
    }
    const code = await portObstacle(port);
    if (code !== undefined) throw portUnavailable(port, code, `Set ${variable} to another one.`);
  }
}

/** @param advice what to do about it; empty when the caller knows no variable. */
export function portUnavailable(port: number, code: string, advice = ''): StartError {
  const fact = code === 'EADDRINUSE' ? `Port ${port} is in use.` : `Port ${port} cannot be used (${code}).`;
  return new StartError('port_unavailable', `${fact} ${advice}`.trimEnd());
}

function tryToListen(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EUNKNOWN'));
    // `exclusive`: in a cluster worker the port would otherwise be shared, and so look free.
    server.listen({ port, host, exclusive: true, ipv6Only: host === '::' }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}
