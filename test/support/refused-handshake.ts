/** What somebody is told whom a relay does not let in, whether it refuses the handshake or closes the socket after it. */
import { WebSocket } from 'ws';
import { within } from './inbox.ts';

/**
 * Statuses, headers, bodies, frames and close codes, in lines.
 *
 * @param host with its port
 * @param path goes out as it is, untidied, with its query
 */
export async function toldAtTheDoor(host: string, path: string): Promise<string> {
  const socket = new WebSocket(`ws://${host}/`, {
    finishRequest: (request) => {
      request.path = path;
      request.end();
    },
  });
  const told: string[] = [];
  const over = new Promise<unknown>((resolve) => {
    socket.on('message', (data: Buffer) => {
      told.push(data.toString());
      // It was let in.
      if (data.includes('"history"')) socket.terminate();
    });
    socket.once('close', (code, reason) => {
      told.push(`${code} ${reason.toString()}`);
      resolve(undefined);
    });
    // One that the platform drops has been told nothing.
    socket.once('error', resolve);
    socket.once('unexpected-response', (_request, response) => {
      told.push(`${response.statusCode ?? 0} ${JSON.stringify(response.headers)}`);
      response.on('data', (data: Buffer) => told.push(data.toString()));
      response.once('end', resolve);
    });
  });
  await within(over, () => `${path} neither refuses nor closes`);
  return told.join('\n');
}
