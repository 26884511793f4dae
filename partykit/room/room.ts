/**
 * A room at work: inputs wait in one queue and are taken one at a time, the machine decides, the effects go out through
 * the ports. While storage is asked nothing else is taken, so that no decision is ever made on half of a change.
 */
import { decodeClientFrame, encodeFrame, type ConnectionQuery } from '#protocol';
import { Backlog } from './backlog.ts';
import { errorFrame } from './error-frame.ts';
import { ASLEEP, transition, type MachineConfig } from './machine.ts';
import type { RoomPorts, RoomSocket } from './ports.ts';
import { TIMER_MAX_MS } from './run-limits.ts';
import { joining, live } from './session.ts';
import type { Ask, Effect, Input, RoomState, Sender, Step, TimerName } from './state.ts';

/** Not one of ours: the client takes it for a lost connection and tries again. */
const CLOSE_TRY_AGAIN = 1013;

interface Queued {
  readonly input: () => Input;
  readonly settled: () => void;
}

export class Room {
  readonly #config: MachineConfig;
  readonly #ports: RoomPorts;
  #state: RoomState = ASLEEP;
  #awake = false;
  #queue: Queued[] = [];
  #working = false;
  #abortUpstream: (() => void) | undefined;
  readonly #timers = new Map<TimerName, () => void>();
  readonly #backlogs = new WeakMap<RoomSocket, Backlog>();
  #cancelStoring: (() => void) | undefined;

  constructor(config: MachineConfig, ports: RoomPorts) {
    this.#config = config;
    this.#ports = ports;
  }

  /** Resolves when the client has been greeted. Like all methods here, it never rejects. */
  connect(socket: RoomSocket, query: ConnectionQuery): Promise<void> {
    socket.session = joining(query.version);
    const sender: Sender = { id: socket.id, version: query.version };
    return this.#take(() => ({ type: 'connected', sender, cursor: query.cursor }));
  }

  /** `text`: whatever the platform received; anything but a text frame is malformed. */
  receive(socket: RoomSocket, text: unknown): Promise<void> {
    const sender: Sender = { id: socket.id, version: socket.session.version };
    const frame = decodeClientFrame(text);
    if (frame.ok) this.#backlogOf(socket).heard(frame.value);
    return this.#take(() =>
      frame.ok
        ? {
            type: 'frame',
            sender,
            frame: frame.value,
            at: this.#ports.clock.now(),
            freshId: this.#ports.newId(),
          }
        : { type: 'unreadable', sender, failure: frame.failure },
    );
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
    const { storage, clock } = this.#ports;
    const { intent } = ask;
    try {
      switch (ask.type) {
        case 'find': {
          const message = await storage.find(ask.messageId);
          return { type: 'found', intent, message, at: clock.now() };
        }
        case 'page':
          return { type: 'paged', intent, page: await storage.page(ask.before, ask.limit) };
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
        const socket = this.#ports.sockets.get(effect.to);
        if (socket !== undefined) this.#answerTo(socket, encodeFrame(effect.frame));
        return;
      }
      case 'broadcast':
        this.#broadcast(effect);
        return;
      case 'join': {
        const socket = this.#ports.sockets.get(effect.id);
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

  #broadcast({ frame, since = 0 }: Extract<Effect, { type: 'broadcast' }>): void {
    const text = encodeFrame(frame);
    for (const socket of this.#ports.sockets.all()) {
      const { phase, version } = socket.session;
      if (phase !== 'live' || version < since) continue;
      const backlog = this.#backlogOf(socket);
      // The end of an answer is not withheld: it is no larger than the answer was.
      if (frame.type === 'token' && backlog.isFull) this.#leaveBehind(socket);
      else {
        backlog.broadcast(text.length);
        this.#deliver(socket, text);
      }
    }
  }

  #answerTo(socket: RoomSocket, text: string): void {
    this.#backlogOf(socket).answered(text.length);
    this.#deliver(socket, text);
  }

  /** Rule S7: it comes back with its cursor and gets what it lacks in one piece. */
  #leaveBehind(socket: RoomSocket): void {
    this.#ports.log({ event: 'client_slow' });
    socket.session = joining(socket.session.version);
    socket.close(CLOSE_TRY_AGAIN, 'too_slow');
  }

  #backlogOf(socket: RoomSocket): Backlog {
    const known = this.#backlogs.get(socket);
    if (known !== undefined) return known;
    const backlog = new Backlog(socket.session.version);
    this.#backlogs.set(socket, backlog);
    return backlog;
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
    const { clock } = this.#ports;
    this.#abortUpstream = this.#ports.upstream.start(request, {
      token: (text) => void this.#take(() => ({ type: 'token', runId, text, at: clock.now() })),
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
