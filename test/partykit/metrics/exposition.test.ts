import { expect, it } from 'vitest';
import { add, NO_COUNTS } from '../../../partykit/metrics/counts.ts';
import { expositionOf } from '../../../partykit/metrics/exposition.ts';

const GOLDEN = `# HELP ivy_connections_total Clients that were greeted.
# TYPE ivy_connections_total counter
ivy_connections_total 12
# HELP ivy_reconnects_total Clients among them that had been here before.
# TYPE ivy_reconnects_total counter
ivy_reconnects_total 5
# HELP ivy_slow_clients_total Clients that were sent away because they read too slowly.
# TYPE ivy_slow_clients_total counter
ivy_slow_clients_total 2
# HELP ivy_runs_started_total Answers that were asked for.
# TYPE ivy_runs_started_total counter
ivy_runs_started_total 9
# HELP ivy_runs_ended_total Answers that ended, by status.
# TYPE ivy_runs_ended_total counter
ivy_runs_ended_total{status="complete"} 7
ivy_runs_ended_total{status="failed"} 1
ivy_runs_ended_total{status="interrupted"} 0
ivy_runs_ended_total{status="stopped"} 0
# HELP ivy_tokens_total Tokens that the agent service sent.
# TYPE ivy_tokens_total counter
ivy_tokens_total 9007199254740991
# HELP ivy_answer_chars_total Characters in all answers, in UTF-16 code units.
# TYPE ivy_answer_chars_total counter
ivy_answer_chars_total 4096
# HELP ivy_errors_total Errors that clients were told, by code.
# TYPE ivy_errors_total counter
ivy_errors_total{code="a_code_of_tomorrow"} 2
ivy_errors_total{code="bad_frame"} 0
ivy_errors_total{code="busy"} 3
ivy_errors_total{code="forbidden"} 0
ivy_errors_total{code="id_conflict"} 0
ivy_errors_total{code="interrupted"} 0
ivy_errors_total{code="rate_limited"} 0
ivy_errors_total{code="storage_failed"} 0
ivy_errors_total{code="too_large"} 0
ivy_errors_total{code="unauthorized"} 0
ivy_errors_total{code="unknown_message"} 0
ivy_errors_total{code="upstream_failed"} 1
ivy_errors_total{code="upstream_overflow"} 0
ivy_errors_total{code="upstream_rejected"} 0
ivy_errors_total{code="upstream_timeout"} 0
ivy_errors_total{code="upstream_truncated"} 0
ivy_errors_total{code="upstream_unconfigured"} 0
ivy_errors_total{code="upstream_unreachable"} 0
# HELP ivy_threads_cleared_total Threads that were cleared.
# TYPE ivy_threads_cleared_total counter
ivy_threads_cleared_total 4
# HELP ivy_storage_failures_total Reads and writes that storage refused.
# TYPE ivy_storage_failures_total counter
ivy_storage_failures_total 6
# HELP ivy_storage_corrupt_total Stored values that could not be read.
# TYPE ivy_storage_corrupt_total counter
ivy_storage_corrupt_total 8
# HELP ivy_room_bugs_total Inputs on which a room failed by its own fault.
# TYPE ivy_room_bugs_total counter
ivy_room_bugs_total 10
`;

it('counts are written as Prometheus reads them, in an order that does not depend on theirs', () => {
  const counts = add(NO_COUNTS, {
    connections: 12,
    reconnects: 5,
    slowClients: 2,
    runsStarted: 9,
    runsEnded: { failed: 1, complete: 7 },
    tokens: Number.MAX_SAFE_INTEGER,
    answerChars: 4096,
    errors: { upstream_failed: 1, busy: 3, a_code_of_tomorrow: 2 },
    threadsCleared: 4,
    storageFailures: 6,
    storageCorrupt: 8,
    roomBugs: 10,
  });

  expect(expositionOf(counts)).toBe(GOLDEN);
});

it('every counter is told from the start, with 0', () => {
  const samples = expositionOf(NO_COUNTS)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

  expect(samples.length).toBeGreaterThan(10);
  expect(samples.filter((line) => !line.endsWith(' 0'))).toEqual([]);
});
