import { describe, expect, it } from 'vitest';
import type { Comparison } from './comparison.ts';
import { resultsPage, type Finished, type Machine } from './results.ts';

const MACHINE: Machine = {
  processor: 'A processor',
  cores: 2,
  memoryGb: 24,
  system: 'Linux 6.1',
  versions: ['Node 20', 'Chromium 147'],
  date: '2026-11-30',
  load: ['0.1', '2.0'],
};

const threads: Comparison = {
  title: 'Threads',
  about: 'How.',
  of: 'chat',
  columns: [{ title: 'ms' }],
  rows: [{ name: 'ours', cells: [[90]] }],
  targets: [
    { what: 'time', limit: 100, measured: 90, unit: ' ms' },
    { what: 'heap', limit: 5, measured: 6, unit: ' MB' },
  ],
};

const ALL: readonly Finished[] = [
  { name: 'relay', result: [{ what: 'token, relay', times: [1, 2, 3] }], seconds: 60 },
  { name: 'threads', result: [threads], seconds: 60 },
  { name: 'idle', result: [], failure: 'no browser', seconds: 0 },
];

describe('the page of results', () => {
  const page = resultsPage(ALL, MACHINE);

  it('says when, on what and with what it was measured', () => {
    expect(page).toContain('2026-11-30. A processor, 2 cores, 24 GB, Linux 6.1. Node 20, Chromium 147.');
    expect(page).toContain('Load 0.1 before, 2.0 after; 2 minutes.');
  });

  it('has the rows of the relay and the tables of the browser', () => {
    expect(page).toMatch(/\| token, relay +\| +2\.0 \|/);
    expect(page).toContain('## Threads');
  });

  it('counts the targets that are met', () => {
    expect(page).toContain('1 of 2 targets');
  });

  it('says what could not be measured', () => {
    expect(page).toContain('- idle: no browser');
  });
});
