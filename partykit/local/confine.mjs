// @ts-check
/**
 * Loaded into the `partykit dev` process before PartyKit (`node --import`), which has no options for any of this:
 *
 * - it must not stand there as if it worked after its workerd has crashed;
 * - it listens on every network interface, with an unprotected debugger on a fixed port beside it, from which any
 *   page in the user's browser could read the relay's keys.
 *
 * Only Node's own modules are touched, so of PartyKit's insides nothing matters here but how it calls workerd.
 * Plain JavaScript, since PartyKit runs without a TypeScript loader.
 */
import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { Server } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

const EVERY_INTERFACE = '0.0.0.0';

/** Set by partykit-runtime.ts and relay-child.ts. */
const host = process.env['IVY_RELAY_HOST'] ?? '127.0.0.1';
const runDirectory = process.env['IVY_RELAY_RUN_DIRECTORY'];

if (isMainThread && runDirectory !== undefined) keepInside(runDirectory);

/** @param {string} directory private to this user, and so is a socket in it */
function keepInside(directory) {
  const listen = Server.prototype.listen;
  /** @param {any[]} parameters */
  Server.prototype.listen = function (...parameters) {
    const [port, second, ...rest] = parameters;
    if (typeof port === 'number' && second === EVERY_INTERFACE)
      return listen.apply(this, [port, host, ...rest]);
    // A port and no host: the debugger.
    if (typeof port === 'number' && typeof second !== 'string') {
      return listen.apply(this, [{ path: join(directory, 'inspector.sock') }, ...parameters.slice(1)]);
    }
    return listen.apply(this, parameters);
  };

  const spawn = childProcess.spawn;
  /** @type {any} */ (childProcess).spawn = (command, parameters, ...rest) => {
    if (!Array.isArray(parameters) || !parameters.includes('--control-fd=3'))
      return spawn(command, parameters, ...rest);
    const confined = parameters.map((parameter) =>
      parameter.startsWith('--socket-addr=')
        ? parameter.replace(`=${EVERY_INTERFACE}:`, `=${host}:`)
        : parameter,
    );
    const workerd = spawn(command, confined, ...rest);
    workerd.once('exit', (code, signal) => {
      // PartyKit itself kills it to load changed code; it never gets over any other end, such as code that does not load.
      if (workerd.killed) return;
      console.error(`workerd ended (${signal ?? code})`);
      process.exit(1);
    });
    return workerd;
  };
  syncBuiltinESMExports();
}
