/** What this was measured on, and with what. */
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { launchChromium } from '../support/chromium.ts';
import { peerVersions } from './browser/peers.ts';
import type { Machine } from './results.ts';

export async function thisMachine(load: Machine['load']): Promise<Machine> {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release().split('-')[0] ?? ''}`,
    versions: [`Node ${process.versions.node}`, await browserVersion(), ...(await peerVersions())],
    date: new Date().toISOString().slice(0, 10),
    load,
  };
}

async function browserVersion(): Promise<string> {
  try {
    const browser = await launchChromium();
    const version = await browser.version();
    await browser.close();
    return version.replace('/', ' ');
  } catch {
    return 'no browser';
  }
}
