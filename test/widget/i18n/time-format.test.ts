import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TimeFormat } from '../../../widget/i18n/time-format.ts';

const at = (iso: string): number => Date.parse(iso);

/** The reader's time zone, for what is made from here on. */
const inZone = (name: string): void => void vi.stubEnv('TZ', name);

describe('the heading of a day', () => {
  let days: TimeFormat;
  const now = at('2026-03-05T15:00:00Z');

  beforeEach(() => {
    inZone('America/Sao_Paulo'); // UTC-3
    days = new TimeFormat('en-GB');
  });

  afterEach(() => vi.unstubAllEnvs());

  it('says nothing between messages of one day', () => {
    expect(days.heading(at('2026-03-04T23:00:00Z'), at('2026-03-04T04:00:00Z'), now)).toBeUndefined();
  });

  it('says nothing above a first message of today', () => {
    expect(days.heading(at('2026-03-05T14:00:00Z'), undefined, now)).toBeUndefined();
  });

  it.each([
    ['today', '2026-03-05T03:00:00Z', 'Today'],
    ['the last moment of yesterday', '2026-03-05T02:59:59Z', 'Yesterday'],
    ['yesterday', '2026-03-04T03:00:00Z', 'Yesterday'],
    ['the day before', '2026-03-04T02:59:59Z', 'Tuesday 3 March'],
    ['last year', '2025-12-31T12:00:00Z', '31 December 2025'],
    ['tomorrow, by a clock that is fast', '2026-03-06T12:00:00Z', 'Friday 6 March'],
  ])('names %s by the days of the time zone', (_, time, expected) => {
    expect(days.heading(at(time), at('2024-01-01T00:00:00Z'), now)).toBe(expected);
  });

  it('names the day of a first message that is older than today', () => {
    expect(days.heading(at('2026-03-04T12:00:00Z'), undefined, now)).toBe('Yesterday');
  });

  it('counts days, not hours, where clocks change', () => {
    inZone('America/New_York');
    const newYork = new TimeFormat('en');
    // The 8th of March 2026 has 23 hours there, the 1st of November 25.
    expect(newYork.heading(at('2026-03-08T05:30:00Z'), 0, at('2026-03-09T04:30:00Z'))).toBe('Yesterday');
    expect(newYork.heading(at('2026-11-01T04:30:00Z'), 0, at('2026-11-02T05:30:00Z'))).toBe('Yesterday');
    expect(newYork.heading(at('2026-11-01T04:30:00Z'), 0, at('2026-11-02T04:30:00Z'))).toBe('Today');
  });

  it.each([
    ['pt-BR', 'Ontem', 'quinta-feira, 1 de janeiro'],
    ['es-MX', 'Ayer', 'jueves, 1 de enero'],
  ])('speaks %s', (locale, yesterday, date) => {
    inZone('UTC');
    const local = new TimeFormat(locale);
    expect(local.heading(at('2026-03-04T12:00:00Z'), 0, now)).toBe(yesterday);
    expect(local.heading(at('2026-01-01T12:00:00Z'), 0, now)).toBe(date);
  });

  it.each([NaN, Infinity, 8.64e15 + 1, -8.64e15 - 1])('has no name for a time that is none: %d', (time) => {
    expect(days.heading(time, 0, now)).toBeUndefined();
    expect(days.heading(now, time, now)).toBeUndefined();
  });
});

describe('the time of a message', () => {
  const now = new Date(2026, 4, 20, 12, 0).getTime();
  const format = new TimeFormat('en-GB');

  it('says only the time of what was today', () => {
    expect(format.short(new Date(2026, 4, 20, 9, 5).getTime(), now)).toBe('9:05');
  });

  it('says the day as well of what was not', () => {
    expect(format.short(new Date(2026, 4, 19, 9, 5).getTime(), now)).toBe('19 May, 9:05');
  });

  it('says nothing of a time that no calendar has', () => {
    expect(format.short(Number.MAX_VALUE, now)).toBe('');
    expect(format.machine(Number.MAX_VALUE)).toBe('');
  });
});
