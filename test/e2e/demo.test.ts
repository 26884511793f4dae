/** The demo in-process, as the end-to-end tests use it: its agent can be taken away and brought back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../demo/runner/demo.ts';
import { portObstacle } from '../../partykit/local/port.ts';
import { groupRuns } from '../../partykit/local/process-group.ts';

let demo: Demo;
let stateDir: string;

beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'ivy-demo-'));
  demo = await startDemo({ port: 0, demoPort: 0, agentPort: 0, stateDir, variables: {} });
});

afterAll(async () => {
  await demo.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

it('takes the agent away and brings it back to the same address', async () => {
  const health = `${demo.agent?.url ?? ''}/health`;
  expect((await fetch(health)).status).toBe(200);
  await demo.agent?.stop();
  await expect(fetch(health)).rejects.toThrow();
  await demo.agent?.restart();
  expect((await fetch(health)).status).toBe(200);
});

it('leaves nothing behind', async () => {
  const ports = [demo.siteUrl, demo.relayUrl, demo.agent?.url ?? ''].map((url) => Number(new URL(url).port));
  await demo.stop();
  expect(groupRuns(demo.relay.groupId)).toBe(false);
  expect(await Promise.all(ports.map((port) => portObstacle(port)))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
