/**
 * A room at work: inputs wait in one queue and are taken one at a time, the machine decides, the effects go out through
 * the ports. While storage is asked nothing else is taken, so that no decision is ever made on half of a change.
 */
import { encodeFrame, succeed, type ConnectionQuery } from '#protocol';
import { earliestExpiry } from './alarm.ts';
import { Connection } from './connection.ts';
import { errorFrame } from './error-frame.ts';
import { ASLEEP, transition, type MachineConfig } from './machine.ts';
import type { RoomPorts, RoomSocket } from './ports.ts';
import type { Rates } from './rates.ts';
import { refusal, type Refusal } from './refusal.ts';
import { TIMER_MAX_MS } from './run-limits.ts';
import { grantedAccess, hasExpired, joining, live, type Access } from './session.ts';
import type { Ask, Effect, Input, RequestFrame, RoomState, Sender, Step, TimerName } from './state.ts';
import { owe, take, type Bucket } from './token-bucket.ts';

/** Not one of ours: the client takes it for a lost connection and tries again. */
const CLOSE_TRY_AGAIN = 1013;

/** Nobody knows when somebody leaves: as long as clients wait at most between two attempts. */
const CROWDED_AGAIN_MS = 15_000;

interface Queued {
  readonly input: () => Input;
  readonly settled: () => void;
}

export interface RoomConfig extends Omit<MachineConfig, 'isBudgeted' | 'hasMemory'> {
  readonly rates: Rates;
}

export class Room {
  readonly #config: MachineConfig & RoomConfig;
  readonly #ports: RoomPorts;
  #state: RoomState = ASLEEP;
  #awake = false;
  #queue: Queued[] = [];
  #working = false;
  #abortUpstream: (() => void) | undefined;
  readonly #timers = new Map<TimerName, () => void>();
  readonly #connections = new WeakMap<RoomSocket, Connection>();
  #alarmAt: number | undefined;
  #arrivals: Bucket | undefined;
  /** Of `threadAnswers`, by whether they may write: spectators do not use up what writers need. */
  readonly #answers = new Map<boolean, Bucket>();
  #cancelStoring: (() => void) | undefined;

  constructor(config: RoomConfig, ports: RoomPorts) {
    this.#config = {
      ...config,
      isBudgeted: ports.budget !== undefined,
      hasMemory: ports.memory !== undefined,
    };
    this.#ports = ports;
  }

  /** Resolves when the client has been greeted. Like all methods here, it never rejects. */
  connect(socket: RoomSocket, { version, lean, cursor }: ConnectionQuery, access: Access): Promise<void> {
    const { clock } = this.#ports;
    socket.session = joining(version, access, lean);
    const waitMs = this.#isCrowded(access)
      ? CROWDED_AGAIN_MS
      : Math.max(this.#arrivalWaitMs(), this.#answerWaitMs(access));
    if (waitMs > 0) {
      this.#refuse(socket, refusal('tooManyConnections', 'too_many_connections', { retryAfterMs: waitMs }));
      return Promise.resolve();
    }
    this.#setAlarm();
    const sender = { id: socket.id, version, subject: access.subject, write: access.write };
    return this.#take(() => ({
      type: 'connected',
      sender,
      cursor,
      access: grantedAccess(access, clock.now()),
      lean,
    }));
  }

  /** `text`: whatever the platform received; anything but a text frame is malformed. */
  receive(socket: RoomSocket, text: unknown): Promise<void> {
    const { clock } = this.#ports;
    const { phase, version, access } = socket.session;
    // It has been told, and what still comes was on its way.
    if (phase === 'refused') return Promise.resolve();
    const heard = hasExpired(access, clock.now())
      ? { kind: 'expired' as const }
      : this.#connectionOf(socket).hear(text, socket.session, clock.now());
    const sender = { id: socket.id, version, subject: access.subject, write: access.write };
    switch (heard.kind) {
      case 'expired':
        this.#refuse(socket, refusal('unauthorized', 'token_expired'));
        return Promise.resolve();
      case 'flood':
        this.#refuse(socket, refusal('tooManyConnections', 'rate_limited', heard));
        return Promise.resolve();
      case 'refused':
        this.#ports.log({ event: 'refused', code: heard.code });
        this.#answerTo(socket, encodeFrame(heard.frame));
        return Promise.resolve();
      case 'unreadable':
        return this.#take(() => ({ type: 'unreadable', sender, failure: heard.failure }));
      case 'token':
        return this.#renew(socket, heard.token);
      case 'frame':
        return this.#take(() => this.#request(sender, heard.frame));
    }
  }

  /** Looked at when its turn has come: what is before it may be a long answer. */
  #request(sender: Sender, frame: RequestFrame): Input {
    const { clock, newId } = this.#ports;
    const retryAfterMs = frame.type === 'history' ? this.#answerWaitMs(sender) : 0;
    if (retryAfterMs > 0) return { type: 'toldEnough', sender, retryAfterMs };
    return { type: 'frame', sender, frame, at: clock.now(), freshId: newId() };
  }

  /** A connection is gone, and with it perhaps the first token that would have run out. */
  left(): void {
    this.#setAlarm();
  }

  /** What the alarm was set to has come. */
  rang(): void {
    this.#alarmAt = undefined;
    const now = this.#ports.clock.now();
    for (const socket of [...this.#ports.sockets.all()]) {
      if (hasExpired(socket.session.access, now))
        this.#refuse(socket, refusal('unauthorized', 'token_expired'));
    }
    this.#setAlarm();
  }

  /** Rule H7. Not in the queue: keys may have to be fetched, and nobody else is to wait for that. */
  async #renew(socket: RoomSocket, token: string): Promise<void> {
    const { sockets, clock, renew } = this.#ports;
    const renewed = await renew(token);
    if (sockets.get(socket.id) === undefined || socket.session.phase === 'refused') return;
    if (!renewed.ok) {
      // The token could not be judged: the old one is as good as it was.
      if (renewed.failure.frame.retryable !== true) this.#refuse(socket, renewed.failure);
      return;
    }
    // Who is known by the address stays known by it: a token may name nobody.
    const subject = renewed.value.subject ?? socket.session.access.subject;
    socket.session = { ...socket.session, access: { ...renewed.value, subject } };
    this.#setAlarm();
    const granted = grantedAccess(renewed.value, clock.now()) ?? { write: true };
    this.#answerTo(socket, encodeFrame({ type: 'access', ...granted }));
  }

  /** Spectators and writers are counted apart, so that the ones cannot keep the others out. */
  #isCrowded({ write }: Access): boolean {
    let count = 0;
    for (const { session } of this.#ports.sockets.all()) {
      if (session.phase !== 'refused' && session.access.write === write) count += 1;
    }
    return count > this.#config.rates.connections;
  }

  /** A greeting may be a long history: one that comes again and again asks as much as one that stays. */
  #arrivalWaitMs(): number {
    const { bucket, waitMs } = take(
      this.#config.rates.threadRequests,
      this.#arrivals,
      this.#ports.clock.now(),
    );
    this.#arrivals = bucket;
    return waitMs;
  }

  /** Histories wait in the relay's memory until they are read, and who asks for them may never do so (A9). */
  #answerWaitMs({ write }: Pick<Access, 'write'>): number {
    return take(this.#config.rates.threadAnswers, this.#answers.get(write), this.#ports.clock.now()).waitMs;
  }

  /** Once: what still comes from it is not listened to, and nothing more is sent to it. */
  #refuse(socket: RoomSocket, { frame, code, reason }: Refusal): void {
    if (socket.session.phase === 'refused') return;
    socket.session = { ...socket.session, phase: 'refused' };
    this.#ports.log({ event: 'refused', code: frame.code, why: reason });
    this.#deliver(socket, encodeFrame(frame));
    socket.close(code, reason);
  }

  #setAlarm(): void {
    const at = earliestExpiry(this.#ports.sockets.all());
    if (at === this.#alarmAt) return;
    this.#alarmAt = at;
    this.#ports.setAlarm(at);
  }

  #take(input: () => Input): Promise<void> {
    return new Promise((settled) => {
      this.#queue.push({ input, settled });
      if (!this.#working) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      try {
        await this.#handle(next.input());
      } catch (error) {
        this.#ports.log({ event: 'room_bug', name: error instanceof Error ? error.name : typeof error });
      }
      next.settled();
    }
    this.#working = false;
  }

  async #handle(input: Input): Promise<void> {
    if (!this.#awake && !(await this.#wake(input))) return;
    await this.#follow(transition(this.#config, this.#state, input));
  }

  /** Rooms are loaded by the first thing that happens to them; one that cannot be is tried again by the next. */
  async #wake(cause: Input): Promise<boolean> {
    try {
      const stored = await this.#ports.storage.load();
      this.#awake = true;
      await this.#follow(
        transition(this.#config, this.#state, { type: 'woken', stored, at: this.#ports.clock.now() }),
      );
      return true;
    } catch (error) {
      this.#ports.log({
        event: 'storage_failed',
        during: 'wake',
        name: error instanceof Error ? error.name : typeof error,
      });
      const socket = 'sender' in cause ? this.#ports.sockets.get(cause.sender.id) : undefined;
      if (socket !== undefined) {
        this.#deliver(socket, encodeFrame(errorFrame('storage_failed')));
        this.#ports.log({ event: 'refused', code: 'storage_failed' });
        socket.close(CLOSE_TRY_AGAIN, 'storage_failed');
      }
      return false;
    }
  }

  async #follow(first: Step): Promise<void> {
    let step = first;
    for (;;) {
      this.#state = step.state;
      for (const effect of step.effects) this.#perform(effect);
      if (step.ask === undefined) return;
      step = transition(this.#config, this.#state, await this.#answer(step.ask));
    }
  }

  async #answer(ask: Ask): Promise<Input> {
    const { storage, memory, clock, newId } = this.#ports;
    const { intent } = ask;
    try {
      switch (ask.type) {
        case 'find': {
          const message = await storage.find(ask.messageId);
          return { type: 'found', intent, message, at: clock.now() };
        }
        case 'recall': {
          const past = (await memory?.recall(ask.threadId)) ?? succeed([]);
          return { type: 'recalled', past, at: clock.now(), freshId: newId() };
        }
        case 'page':
          return { type: 'paged', intent, page: await storage.page(ask.before, ask.limit) };
        case 'spend': {
          const waitMs = await this.#ports.budget?.spend(ask.sender.subject);
          if (waitMs === undefined || waitMs === 0) return { type: 'allowed', intent: ask.intent };
          return { type: 'denied', intent: ask.intent, retryAfterMs: waitMs };
        }
        case 'commit':
          await storage.commit(ask.change);
          return { type: 'stored', intent, at: clock.now() };
        case 'reset':
          await storage.reset(ask.gen, ask.upstreamThreadId);
          return { type: 'stored', intent, at: clock.now() };
      }
    } catch {
      return { type: 'refused', intent };
    }
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'send': {
        const socket = this.#listening(effect.to);
        if (socket !== undefined) this.#answerTo(socket, encodeFrame(effect.frame));
        return;
      }
      case 'broadcast':
        this.#broadcast(effect);
        return;
      case 'join': {
        const socket = this.#listening(effect.id);
        if (socket !== undefined) socket.session = live(socket.session);
        return;
      }
      case 'checkpoint':
        this.#ports.storage.checkpoint(effect.text).catch(() => {
          this.#ports.log({ event: 'storage_failed', during: 'checkpoint' });
        });
        return;
      case 'startUpstream':
        this.#startUpstream(effect);
        return;
      case 'abortUpstream':
        this.#abortUpstream?.();
        this.#abortUpstream = undefined;
        return;
      case 'setTimer':
        this.#setTimer(effect);
        return;
      case 'clearTimers':
        for (const cancel of this.#timers.values()) cancel();
        this.#timers.clear();
        return;
      case 'storeLater':
        this.#cancelStoring?.();
        this.#cancelStoring = this.#ports.clock.schedule(effect.afterMs, () => {
          void this.#take(() => ({ type: 'storeAgain', afterMs: effect.afterMs }));
        });
        return;
      case 'log':
        this.#ports.log(effect.entry);
        return;
    }
  }

  /** Not one that has left, or was refused, since it asked. */
  #listening(id: string): RoomSocket | undefined {
    const socket = this.#ports.sockets.get(id);
    return socket?.session.phase === 'refused' ? undefined : socket;
  }

  #broadcast({ frame, since = 0, lean }: Extract<Effect, { type: 'broadcast' }>): void {
    const whole = encodeFrame(frame);
    for (const socket of this.#ports.sockets.all()) {
      const { phase, version, access, lean: takesLean } = socket.session;
      if (phase !== 'live' || version < since) continue;
      if (hasExpired(access, this.#ports.clock.now())) {
        this.#refuse(socket, refusal('unauthorized', 'token_expired'));
        continue;
      }
      const { backlog } = this.#connectionOf(socket);
      const text = takesLean ? (lean ?? whole) : whole;
      // The end of an answer is not withheld: it is no larger than the answer was.
      if (frame.type === 'token' && backlog.isFull) this.#leaveBehind(socket);
      else {
        backlog.broadcast(text.length);
        this.#deliver(socket, text);
      }
    }
  }

  #answerTo(socket: RoomSocket, text: string): void {
    const { write } = socket.session.access;
    const { threadAnswers } = this.#config.rates;
    const at = this.#ports.clock.now();
    this.#answers.set(write, owe(threadAnswers, this.#answers.get(write), at, text.length));
    this.#connectionOf(socket).backlog.answered(text.length);
    this.#deliver(socket, text);
  }

  /** Rule S7: it comes back with its cursor and gets what it lacks in one piece. */
  #leaveBehind(socket: RoomSocket): void {
    this.#ports.log({ event: 'client_slow' });
    socket.session = { ...socket.session, phase: 'joining' };
    socket.close(CLOSE_TRY_AGAIN, 'too_slow');
  }

  #connectionOf(socket: RoomSocket): Connection {
    const known = this.#connections.get(socket);
    if (known !== undefined) return known;
    const connection = new Connection(socket.session.version, this.#config.rates);
    this.#connections.set(socket, connection);
    return connection;
  }

  /** A socket that is gone fails alone. */
  #deliver(socket: RoomSocket, text: string): void {
    try {
      socket.send(text);
    } catch {
      this.#ports.log({ event: 'send_failed' });
    }
  }

  #startUpstream({ runId, request }: Extract<Effect, { type: 'startUpstream' }>): void {
    const { clock, sockets } = this.#ports;
    this.#abortUpstream = this.#ports.upstream.start(request, {
      token: (text) =>
        void this.#take(() => ({ type: 'token', runId, text, audience: sockets.count, at: clock.now() })),
      alive: () => void this.#take(() => ({ type: 'alive', runId, at: clock.now() })),
      threadNamed: (threadId) => void this.#take(() => ({ type: 'threadNamed', runId, threadId })),
      ended: (outcome) => void this.#take(() => ({ type: 'ended', runId, outcome, at: clock.now() })),
    });
  }

  #setTimer({ runId, name, delayMs }: Extract<Effect, { type: 'setTimer' }>): void {
    this.#timers.get(name)?.();
    const cancel = this.#ports.clock.schedule(Math.min(delayMs, TIMER_MAX_MS), () => {
      this.#timers.delete(name);
      void this.#take(() => ({ type: 'timer', runId, name, at: this.#ports.clock.now() }));
    });
    this.#timers.set(name, cancel);
  }
}
