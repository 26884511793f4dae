import { describe, expect, it } from 'vitest';
import { admit } from '../../partykit/admission.ts';
import { PARTY, roomOfThread } from '#protocol';

const admitted = (query: string, room = roomOfThread('thread-1')) =>
  admit({
    url: `https://relay.test/parties/main/${room}${query}`,
    party: PARTY,
    room,
    connectionId: 'fresh-id',
  });

function addressOf(query: string): URL {
  const result = admitted(query);
  if (!result.ok) throw new Error('refused');
  return new URL(result.value);
}

const queryOf = (query: string) => Object.fromEntries(addressOf(query).searchParams);

describe('who is let in', () => {
  it('[H1] comes to the room that was asked for', () => {
    const { origin, pathname } = addressOf('?v=1');
    expect([origin, pathname]).toEqual(['https://relay.test', '/parties/main/ivy_thread-1']);
  });

  it('[A15] has a connection id of the relay, whatever was proposed', () => {
    for (const query of ['', '?_pk=mine', '?_pk=mine&_pk=again', '?v=1&_pk=']) {
      expect(addressOf(query).searchParams.getAll('_pk')).toEqual(['fresh-id']);
    }
  });

  it('[H2] keeps its version and its cursor', () => {
    expect(queryOf('?v=1&gen=2&last=m%201&run=r-1&off=7')).toEqual({
      _pk: 'fresh-id',
      v: '1',
      gen: '2',
      last: 'm 1',
      run: 'r-1',
      off: '7',
    });
  });

  it('[V1] without a version is an original client', () => {
    expect(queryOf('')).toEqual({ _pk: 'fresh-id', v: '0' });
  });

  it('[H6] keeps nothing of a cursor that cannot be read', () => {
    expect(queryOf(`?v=1&gen=x&last=${'m'.repeat(5000)}`)).toEqual({ _pk: 'fresh-id', v: '1' });
  });

  it('[A11] leaves its token and everything else outside the room', () => {
    const { href } = addressOf('?v=1&token=c4n4ry&utm=c4n4ry&c4n4ry#c4n4ry'.replace('#c4n4ry', ''));
    expect(href).not.toContain('c4n4ry');
  });

  it('[H2] has an address that stays far below the 2 KiB of a session', () => {
    const id = encodeURIComponent('漢'.repeat(128));
    expect(
      addressOf(`?v=1&gen=999999999999999&last=${'m'.repeat(128)}&run=${'m'.repeat(128)}&off=1`).href.length,
    ).toBeLessThan(512);
    expect(addressOf(`?v=1&gen=1&last=${id}`).href.length).toBeLessThan(2048);
  });
});

describe('who is not let in', () => {
  it.each(['', 'ivy_', 'main', 'IVY_a', `ivy_${'x'.repeat(129)}`, 'ivy_a b', 'ivy_../b', 'ivy_a\n'])(
    '[H3] is refused with 4400 before a room wakes: %j',
    (room) => {
      expect(
        admit({ url: 'https://relay.test/parties/main/x?v=1', party: PARTY, room, connectionId: 'fresh-id' }),
      ).toMatchObject({
        ok: false,
        failure: { code: 4400, frame: { type: 'error', code: 'bad_frame', retryable: false } },
      });
    },
  );

  it.each(['metrics', '', 'Main', 'main '])(
    '[H3] is refused everything but rooms, whatever its name: party %j',
    (party) => {
      const room = roomOfThread('thread-1');
      const url = `https://relay.test/parties/${party}/${room}?v=1`;
      expect(admit({ url, party, room, connectionId: 'fresh-id' })).toMatchObject({
        ok: false,
        failure: { code: 4400 },
      });
    },
  );

  it('[S5] is told nothing of what was sent', () => {
    const refused = admit({
      url: 'https://relay.test/?token=c4n4ry',
      party: PARTY,
      room: 'c4n4ry',
      connectionId: 'id',
    });
    expect(JSON.stringify(refused)).not.toContain('c4n4ry');
  });
});
