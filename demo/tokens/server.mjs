// Opens one conversation for each user of a site: `IVY_JWT_SECRET=… node demo/tokens/server.mjs`, then GET /chat.
import { createServer } from 'node:http';
import { SignJWT } from 'jose';

const secret = new TextEncoder().encode(process.env.IVY_JWT_SECRET);
/** Whoever your site knows to be asking: from its session, never from what the page says. */
const userOf = (_request) => 'ana';

createServer(async (request, response) => {
  const user = userOf(request);
  const claims = new SignJWT({ thread: `user-${user}`, sub: user, access: 'write' });
  const token = await claims.setProtectedHeader({ alg: 'HS256' }).setExpirationTime('10m').sign(secret);
  response.setHeader('content-type', 'application/json').setHeader('cache-control', 'no-store');
  response.end(JSON.stringify({ threadId: `user-${user}`, token }));
}).listen(Number(process.env.TOKEN_PORT ?? 8080), 'localhost');
