import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { portObstacle, requirePorts } from '../../../partykit/local/port.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

async function listen(host: string): Promise<number> {
  const server = createServer();
  servers.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return address.port;
}

async function freePort(): Promise<number> {
  const port = await listen('127.0.0.1');
  servers.pop()?.close();
  return port;
}

describe('portObstacle', () => {
  it('finds none on a free port', async () => {
    expect(await portObstacle(await freePort())).toBeUndefined();
  });

  it.each(['127.0.0.1', '0.0.0.0'])('finds a program that listens on %s', async (host) => {
    expect(await portObstacle(await listen(host))).toBe('EADDRINUSE');
  });
});

describe('requirePorts', () => {
  it('names the port, and the variable to change', async () => {
    const port = await listen('127.0.0.1');
    await expect(
      requirePorts([
        { variable: 'PORT', port: 0 },
        { variable: 'DEMO_PORT', port },
      ]),
    ).rejects.toMatchObject({
      code: 'port_unavailable',
      message: `Port ${port} is in use. Set DEMO_PORT to another one.`,
    });
  });

  it('names both variables when they ask for the same port', async () => {
    const port = await freePort();
    await expect(
      requirePorts([
        { variable: 'PORT', port },
        { variable: 'DEMO_PORT', port },
      ]),
    ).rejects.toThrow(`PORT and DEMO_PORT are both ${port}. Set one to another port.`);
  });

  it('has nothing against any number of free ones', async () => {
    await requirePorts([
      { variable: 'PORT', port: 0 },
      { variable: 'DEMO_PORT', port: 0 },
    ]);
  });
});
