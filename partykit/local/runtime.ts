/** What can run the relay on this machine: how it is started. That it is up, and its end, are the same for all. */
import type { RelayCommand } from './relay-child.ts';

export interface RuntimeOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Absolute path of a folder that is there. */
  readonly stateDir: string;
  /** Absolute path of a folder whose files are served beside the rooms. */
  readonly assets: string;
  /** Absolute path of the relay's module, where it is not the runtime's own. */
  readonly entry: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

export interface Runtime {
  /** As people know it. */
  readonly name: string;
  prepare(options: RuntimeOptions): RelayCommand;
}
