// @ts-check
/**
 * Loaded into a relay's runtime before anything else (`node --import`): it must not outlive the process that started it,
 * also when that one was killed outright. Plain JavaScript, since runtimes run without a TypeScript loader.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

/** Set by relay-child.ts. */
const runDirectory = process.env['IVY_RELAY_RUN_DIRECTORY'];

/** Descriptor 3 is a pipe that only the starting process holds: its end is that process's end, however it came. */
const LIFELINE = 3;

/** Run by `sh -c` with the directory as `$0` and the lifeline as its input; `kill 0` is for its whole group. */
const WATCH = 'read -r _; rm -rf -- "$0"; kill -KILL 0';

if (isMainThread && runDirectory !== undefined) {
  // A process of its own, so that it also works when this one is killed together with the one that started it: workerd
  // would live on, keep the port, and answer for the next relay. The directory may still hold the variables.
  spawn('/bin/sh', ['-c', WATCH, runDirectory], { stdio: [LIFELINE, 'ignore', 'ignore'] }).unref();
}
