/** A sink that records what an upstream tells it. */
import type { Upstream, UpstreamOutcome, UpstreamRequest } from '../../partykit/room/ports.ts';

/** A question that is the first of its thread. */
export const QUESTION: UpstreamRequest = {
  runId: 'run-1',
  message: 'question',
  messageId: 'question-1',
  threadId: 'thread-1',
  history: [],
};

export class UpstreamRecorder {
  readonly tokens: string[] = [];
  readonly threads: string[] = [];
  lives = 0;
  readonly outcomes: UpstreamOutcome[] = [];
  readonly abort: () => void;
  readonly ended: Promise<UpstreamOutcome>;
  /** Told of each token. */
  onToken: (text: string) => void = () => undefined;

  constructor(upstream: Upstream, request: Partial<UpstreamRequest> = {}) {
    let settle: (outcome: UpstreamOutcome) => void = () => undefined;
    this.ended = new Promise((resolve) => {
      settle = resolve;
    });
    this.abort = upstream.start(
      { ...QUESTION, ...request },
      {
        token: (text) => {
          this.tokens.push(text);
          this.onToken(text);
        },
        threadNamed: (threadId) => this.threads.push(threadId),
        alive: () => (this.lives += 1),
        ended: (outcome) => {
          this.outcomes.push(outcome);
          settle(outcome);
        },
      },
    );
  }

  get text(): string {
    return this.tokens.join('');
  }
}
