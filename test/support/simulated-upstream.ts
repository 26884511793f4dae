/** An agent service for a simulation: answers what it is told to, and keeps account of what it was asked. */
import type { Upstream, UpstreamOutcome, UpstreamRequest, UpstreamSink } from '../../partykit/room/ports.ts';
import type { StartedRun } from '../../partykit/room/ports.ts';

export interface SimulatedCall {
  readonly run: StartedRun;
  readonly sink: UpstreamSink;
  /** `gone`: the relay was killed, and the request with it. */
  state: 'open' | 'ended' | 'aborted' | 'gone';
  /** All that it has said. */
  text: string;
}

export class SimulatedUpstream implements Upstream {
  readonly calls: SimulatedCall[] = [];
  readonly #recordedRun: () => StartedRun | undefined;
  readonly #wrong: (what: string) => void;

  /** `recordedRun`: the run whose start is in storage. */
  constructor(recordedRun: () => StartedRun | undefined, wrong: (what: string) => void) {
    this.#recordedRun = recordedRun;
    this.#wrong = wrong;
  }

  start(_request: UpstreamRequest, sink: UpstreamSink): () => void {
    const run = this.#recordedRun();
    if (run === undefined) {
      this.#wrong('R1: the upstream was asked for a run whose start is not in storage');
      return () => undefined;
    }
    if (this.open !== undefined) this.#wrong('R1: a second upstream request while one is open');
    const call: SimulatedCall = { run, sink, state: 'open', text: '' };
    this.calls.push(call);
    return () => {
      if (call.state === 'open') call.state = 'aborted';
    };
  }

  get open(): SimulatedCall | undefined {
    return this.calls.find(({ state }) => state === 'open');
  }

  of(runId: string): SimulatedCall | undefined {
    return this.calls.find(({ run }) => run.messageId === runId);
  }

  callsFor(userMessageId: string): number {
    return this.calls.filter(({ run }) => run.userMessageId === userMessageId).length;
  }

  say(...texts: readonly string[]): void {
    for (const text of texts) {
      const call = this.open;
      if (call === undefined) return;
      call.text += text;
      call.sink.token(text);
    }
  }

  end(outcome: UpstreamOutcome): void {
    const call = this.open;
    if (call === undefined) return;
    call.state = 'ended';
    call.sink.ended(outcome);
  }

  relayKilled(): void {
    const call = this.open;
    if (call !== undefined) call.state = 'gone';
  }
}
