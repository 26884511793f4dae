/** A handshake that is refused so that a browser can see why: accepted, told, closed (rule H3). */
import { encodeFrame } from '#protocol';
import type { Refusal } from './admission.ts';

export function refusedSocket({ frame, code, reason }: Refusal): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.send(encodeFrame(frame));
  server.close(code, reason);
  return new Response(null, { status: 101, webSocket: client });
}
