/** A handshake on a Workers runtime: from the client's request to the one that the room sees, or to a refused socket. */
import { encodeFrame } from '#protocol';
import { fingerprint } from '../fingerprint.ts';
import type { Refusal } from '../room/refusal.ts';
import { admitTo } from './keeper.ts';

/** Which object the platform would wake. */
export interface Target {
  readonly party: string;
  readonly room: string;
}

export async function answerHandshake(
  request: Request,
  target: Target,
  variables: unknown,
): Promise<Request | Response> {
  const caller = request.headers.get('cf-connecting-ip');
  const admitted = await admitTo(variables, {
    ...target,
    url: request.url,
    origin: request.headers.get('origin') ?? undefined,
    connectionId: crypto.randomUUID(),
    now: Date.now(),
    caller: caller === null ? undefined : fingerprint(`ip:${networkOf(caller)}`),
  });
  return admitted.ok ? new Request(admitted.value, request) : refusedSocket(admitted.failure);
}

/** Of an IPv6 address its first half: whoever has one has all of them. */
function networkOf(address: string): string {
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;
}

/** Accepted, told, closed: a browser cannot see why a handshake was refused (rule H3). */
function refusedSocket({ frame, code, reason }: Refusal): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.send(encodeFrame(frame));
  server.close(code, reason);
  return new Response(null, { status: 101, webSocket: client });
}
