/** An agent service that says what the test tells it to, and records how it was asked. */
import type { Upstream, UpstreamOutcome, UpstreamRequest, UpstreamSink } from '../../partykit/room/ports.ts';
import { turn } from './fake-clock.ts';
import { present } from './present.ts';

export class UpstreamCall {
  readonly request: UpstreamRequest;
  aborted = false;
  readonly #sink: UpstreamSink;

  constructor(request: UpstreamRequest, sink: UpstreamSink) {
    this.request = request;
    this.#sink = sink;
  }

  async token(...texts: readonly string[]): Promise<void> {
    for (const text of texts) this.#sink.token(text);
    await turn();
  }

  async alive(): Promise<void> {
    this.#sink.alive();
    await turn();
  }

  async threadNamed(threadId: string): Promise<void> {
    this.#sink.threadNamed(threadId);
    await turn();
  }

  async end(outcome: UpstreamOutcome = { ok: true }): Promise<void> {
    this.#sink.ended(outcome);
    await turn();
  }

  async fail(failure: Omit<Extract<UpstreamOutcome, { ok: false }>, 'ok' | 'hint'>): Promise<void> {
    await this.end({ ok: false, hint: 'a hint for the operator', ...failure });
  }
}

export class FakeUpstream implements Upstream {
  readonly calls: UpstreamCall[] = [];
  /** Told of each call before it begins. */
  onStart: (request: UpstreamRequest) => void = () => undefined;

  start(request: UpstreamRequest, sink: UpstreamSink): () => void {
    this.onStart(request);
    const call = new UpstreamCall(request, sink);
    this.calls.push(call);
    return () => {
      call.aborted = true;
    };
  }

  /** The newest call. */
  get call(): UpstreamCall {
    return present(this.calls.at(-1), 'an upstream call');
  }
}
