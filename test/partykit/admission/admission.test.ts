import { describe, expect, it } from 'vitest';
import { admit } from '../../../partykit/admission/admission.ts';
import { parseAccess } from '../../../partykit/admission/access-query.ts';
import { parseAllowedOrigins } from '../../../partykit/admission/allowed-origins.ts';
import type { Door } from '../../../partykit/admission/door.ts';
import { parseConnectionQuery, roomOfThread } from '#protocol';
import { knock, NOW, OPEN, THREAD, tokenFor, WITH_SECRET } from '../../support/knock.ts';

async function addressOf(query: string, door: Door = OPEN): Promise<URL> {
  const result = await admit(door, knock(query));
  if (!result.ok) throw new Error(`refused: ${result.failure.reason}`);
  return new URL(result.value);
}

const queryOf = async (query: string) => Object.fromEntries((await addressOf(query)).searchParams);

describe('who is let in', () => {
  it('[H1] comes to the room that was asked for', async () => {
    const { origin, pathname } = await addressOf('?v=1');
    expect([origin, pathname]).toEqual(['https://relay.test', `/parties/main/ivy_${THREAD}`]);
  });

  it('[A15] has a connection id of the relay, whatever was proposed', async () => {
    for (const query of ['', '?_pk=mine', '?_pk=mine&_pk=again', '?v=1&_pk=']) {
      expect((await addressOf(query)).searchParams.getAll('_pk')).toEqual(['fresh-id']);
    }
  });

  it('[H2] [S8] keeps its version and its cursor, and whether it reads lean frames', async () => {
    expect(await queryOf('?v=1&lean=1&gen=2&last=m%201&run=r-1&off=7')).toEqual({
      _pk: 'fresh-id',
      v: '1',
      lean: '1',
      gen: '2',
      last: 'm 1',
      run: 'r-1',
      off: '7',
    });
  });

  it('[V1] without a version is an original client', async () => {
    expect(await queryOf('')).toEqual({ _pk: 'fresh-id', v: '0' });
  });

  it('[H6] keeps nothing of a cursor that cannot be read', async () => {
    expect(await queryOf(`?v=1&gen=x&last=${'m'.repeat(5000)}`)).toEqual({ _pk: 'fresh-id', v: '1' });
  });

  it('[A11] leaves its token and everything else outside the room', async () => {
    const token = await tokenFor(THREAD);
    const { href } = await addressOf(`?v=1&token=${token}&utm=c4n4ry&c4n4ry`, WITH_SECRET);
    expect(href).not.toContain('c4n4ry');
    expect(href).not.toContain(token);
    expect(href).not.toContain('token');
  });

  it('[H2] has an address that stays far below the 2 KiB of a session', async () => {
    const id = encodeURIComponent('漢'.repeat(128));
    const query = `?v=1&gen=999999999999999&last=${'m'.repeat(128)}&run=${'m'.repeat(128)}&off=1`;
    expect((await addressOf(query)).href.length).toBeLessThan(512);
    const { href, searchParams } = await addressOf(`?v=1&gen=1&last=${id}&run=${id}&off=1`);
    expect(href.length).toBeLessThan(512);
    expect(parseConnectionQuery(searchParams)).toMatchObject({ version: 1, cursor: undefined });
    expect((await addressOf(`?v=1&gen=1&last=${id}`)).href.length).toBeLessThan(1537);
    const token = await tokenFor(THREAD, { sub: '漢'.repeat(256), access: 'read' });
    expect((await addressOf(`${query}&token=${token}`, WITH_SECRET)).href.length).toBeLessThan(512);
  });

  it('[A2] cannot give itself access by the address: those words are the relay’s', async () => {
    const token = await tokenFor(THREAD, { access: 'read', sub: 'somebody' });
    const { searchParams } = await addressOf(
      `?v=1&write=1&until=9999999999999&subject=other&token=${token}`,
      WITH_SECRET,
    );
    const access = parseAccess(searchParams);
    expect(access).toMatchObject({ write: false, expiresAt: NOW + 330_000 });
    expect(access.subject).not.toBe('other');
  });
});

describe('who is not let in', () => {
  it.each(['', 'ivy_', 'main', 'IVY_a', `ivy_${'x'.repeat(129)}`, 'ivy_a b', 'ivy_../b', 'ivy_a\n'])(
    '[H3] is refused with 4400 before a room wakes: %j',
    async (room) => {
      const url = 'https://relay.test/parties/main/x?v=1';
      expect(await admit(OPEN, knock('', { room, url }))).toMatchObject({
        ok: false,
        failure: { code: 4400, frame: { type: 'error', code: 'bad_frame', retryable: false } },
      });
    },
  );

  it.each(['metrics', 'budget', '', 'Main', 'main '])(
    '[H3] is refused everything but rooms, whatever its name: party %j',
    async (party) => {
      expect(await admit(OPEN, knock('?v=1', { party }))).toMatchObject({
        ok: false,
        failure: { code: 4400 },
      });
    },
  );

  it('[S5] is told nothing of what was sent', async () => {
    const refused = await admit(OPEN, knock('?token=c4n4ry', { room: 'c4n4ry' }));
    const other = await admit(WITH_SECRET, knock('?token=c4n4ry', { origin: 'https://c4n4ry.example' }));
    expect(JSON.stringify([refused, other])).not.toContain('c4n4ry');
  });

  it('[A3] is everybody, for as long as the configuration cannot be used, and may try again', async () => {
    expect(await admit(undefined, knock('?v=1'))).toMatchObject({
      ok: false,
      failure: { code: 1013, reason: 'misconfigured', frame: { retryable: true } },
    });
  });
});

describe('the open mode, without tokens', () => {
  const refusalOf = async (parts: Parameters<typeof knock>[1], door = OPEN) => {
    const result = await admit(door, knock('?v=1', parts));
    return result.ok ? undefined : result.failure.reason;
  };

  it.each([
    'http://localhost',
    'http://localhost:5173',
    'https://localhost:8443',
    'http://127.0.0.1:3000',
    'http://[::1]:80',
  ])('[A1] lets pages of this machine in until ALLOWED_ORIGINS is set: %s', async (origin) => {
    expect(await refusalOf({ origin })).toBeUndefined();
    const named = parseAllowedOrigins('https://www.example.com');
    if (!named.ok) throw new Error('cannot be');
    expect(await refusalOf({ origin }, { ...OPEN, origins: named.value })).toBe('origin');
  });

  it('[A1] lets in pages that the relay itself serves, always', async () => {
    const named = parseAllowedOrigins('https://www.example.com');
    if (!named.ok) throw new Error('cannot be');
    for (const door of [OPEN, { ...OPEN, origins: named.value }]) {
      expect(await refusalOf({ origin: 'https://relay.test' }, door)).toBeUndefined();
    }
  });

  it('[A1] does not take a name that was made to point at this machine for the relay’s own', async () => {
    const url = `http://rebound.example:1999/parties/main/${roomOfThread(THREAD)}`;
    expect(await refusalOf({ url, origin: 'http://rebound.example:1999' })).toBe('origin');
  });

  it.each([
    undefined,
    'null',
    'file://',
    'https://www.example.com',
    'http://localhost.example',
    'http://10.0.0.1',
  ])('[A1] lets nobody else in: origin %s', async (origin) => {
    expect(await refusalOf({ origin })).toBe('origin');
  });

  it.each([
    'demo',
    'user-42',
    'support-conversation-of-2026',
    '1'.repeat(40),
    'a'.repeat(128),
    '00000000-0000-0000-0000-000000000000',
  ])('[A2] needs an id that nobody can guess, and says so: %s', async (thread) => {
    const result = await admit(OPEN, knock('?v=1', { room: roomOfThread(thread) }));
    expect(result).toMatchObject({ ok: false, failure: { code: 4403, frame: { code: 'forbidden' } } });
    expect(result.ok ? '' : result.failure.frame.message).toContain('UUID');
  });

  it.each([
    THREAD,
    THREAD.replaceAll('-', ''),
    `demo-${THREAD}`,
    'V1StGXR8_Z5jdHi6B-myT',
    'tz4a98xxat96iws9zmbrgj3a',
    '01JD8Z3V9N4Q7T2KXW5RYB6MCP',
  ])('[A2] takes what random generators make: %s', async (thread) => {
    expect(await refusalOf({ room: roomOfThread(thread) })).toBeUndefined();
  });

  it('[A13] knows whom to count by where they come from', async () => {
    const result = await admit(OPEN, knock('?v=1', { caller: 'fingerprint' }));
    expect(result.ok && parseAccess(new URL(result.value).searchParams)).toEqual({
      write: true,
      expiresAt: undefined,
      subject: 'fingerprint',
    });
  });
});
