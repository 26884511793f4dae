import { beforeEach, describe, expect, it } from 'vitest';
import { add, NO_COUNTS, type Counts } from '../../../partykit/metrics/counts.ts';
import { REPORT_INTERVAL_MS, REPORT_TRIES, Tally } from '../../../partykit/metrics/tally.ts';
import { FakeClock, turn } from '../../support/fake-clock.ts';

const ARRIVAL = { event: 'connected', version: 1, resumed: false };

class FakeLedger {
  readonly reports: Counts[] = [];
  /** What a report waits for; rejects where it is to fail. */
  answer: () => Promise<void> = () => Promise.resolve();

  readonly report = (counts: Counts): Promise<void> => {
    this.reports.push(counts);
    return this.answer();
  };

  get connections(): readonly number[] {
    return this.reports.map(({ connections }) => connections);
  }
}

const fails = (): Promise<void> => Promise.reject(new Error('the ledger is away in this test'));

let clock: FakeClock;
let ledger: FakeLedger;
let complaints: number;
let tally: Tally;

beforeEach(() => {
  clock = new FakeClock();
  ledger = new FakeLedger();
  complaints = 0;
  tally = new Tally({ clock, report: ledger.report, onUnreported: () => (complaints += 1) });
});

describe('a room that counts', () => {
  it('has no timer before there is something to tell', async () => {
    tally.take({ event: 'send_failed' });

    expect(clock.scheduled).toBe(0);
    await clock.advance(REPORT_INTERVAL_MS);
    expect(ledger.reports).toEqual([]);
  });

  it('tells all of an interval in one report, and then has no timer', async () => {
    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS - 1);
    tally.take({ event: 'run_ended', status: 'complete', tokens: 3, chars: 9, ms: 5 });
    expect([ledger.reports.length, clock.scheduled]).toEqual([0, 1]);
    await clock.advance(1);

    expect(ledger.reports).toEqual([
      add(NO_COUNTS, { connections: 1, runsEnded: { complete: 1 }, tokens: 3, answerChars: 9 }),
    ]);
    expect(clock.scheduled).toBe(0);
  });

  it('reports at most once in an interval, and everything once', async () => {
    for (let second = 0; second < 60; second += 1) {
      tally.take(ARRIVAL);
      await clock.advance(1000);
    }

    expect(ledger.reports.length).toBeLessThanOrEqual(60_000 / REPORT_INTERVAL_MS);
    await clock.advance(REPORT_INTERVAL_MS);
    expect(ledger.connections.reduce((sum, number) => sum + number)).toBe(60);
    expect(clock.scheduled).toBe(0);
  });

  it('tells what comes while a report is under way with the next', async () => {
    let arrive: () => void = () => undefined;
    ledger.answer = () => new Promise((resolve) => (arrive = resolve));
    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS);
    tally.take(ARRIVAL);
    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS * 3);
    expect(ledger.connections).toEqual([1]);
    arrive();
    await turn();
    await clock.advance(REPORT_INTERVAL_MS);

    expect(ledger.connections).toEqual([1, 2]);
  });
});

describe('a report that fails', () => {
  beforeEach(() => {
    ledger.answer = fails;
  });

  it('is told again with what came since, and nothing twice', async () => {
    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS);
    tally.take(ARRIVAL);
    ledger.answer = () => Promise.resolve();
    await clock.advance(REPORT_INTERVAL_MS);
    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS);

    expect(ledger.connections).toEqual([1, 2, 1]);
    expect(clock.scheduled).toBe(0);
  });

  it('keeps what came while it was under way', async () => {
    let fail: (error: Error) => void = () => undefined;
    ledger.answer = () => new Promise((_resolve, reject) => (fail = reject));
    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS);
    tally.take(ARRIVAL);
    fail(new Error('the ledger is away in this test'));
    await turn();
    await clock.advance(REPORT_INTERVAL_MS);

    expect(ledger.connections).toEqual([1, 2]);
  });

  it('keeps an idle room awake for a minute only, and is told with the next entry', async () => {
    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS * 100);
    expect([ledger.reports.length, clock.scheduled]).toEqual([REPORT_TRIES, 0]);

    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS * 100);
    expect([ledger.reports.length, clock.scheduled]).toEqual([REPORT_TRIES + 1, 0]);

    ledger.answer = () => Promise.resolve();
    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS);
    expect(ledger.connections.at(-1)).toBe(3);
  });

  it('is complained of once in a row', async () => {
    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS * 3);
    expect(complaints).toBe(1);
    ledger.answer = () => Promise.resolve();
    await clock.advance(REPORT_INTERVAL_MS);
    ledger.answer = fails;
    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS);

    expect(complaints).toBe(2);
  });

  it('may throw', async () => {
    ledger.answer = () => {
      throw new Error('no such object in this test');
    };
    tally.take(ARRIVAL);
    await clock.advance(REPORT_INTERVAL_MS);

    expect([ledger.connections, complaints, clock.scheduled]).toEqual([[1], 1, 1]);
  });
});
