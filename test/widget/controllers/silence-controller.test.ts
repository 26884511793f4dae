import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SilenceController } from '../../../widget/controllers/silence-controller.ts';
import { FakeHost } from '../../support/fake-host.ts';

describe('SilenceController', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says nothing for ten seconds, then counts each one', () => {
    const element = new FakeHost();
    const silence = new SilenceController(element);
    silence.restart();
    vi.advanceTimersByTime(9_999);
    expect(silence.seconds).toBeUndefined();
    expect(element.updates).toBe(0);
    vi.advanceTimersByTime(1);
    expect(silence.seconds).toBe(10);
    vi.advanceTimersByTime(4_000);

    expect(silence.seconds).toBe(14);
    expect(element.updates).toBe(5);
  });

  it('begins again with each sign of life', () => {
    const silence = new SilenceController(new FakeHost());
    silence.restart();
    vi.advanceTimersByTime(9_000);
    silence.restart();
    vi.advanceTimersByTime(9_000);

    expect(silence.seconds).toBeUndefined();
  });

  it('takes its words back when text comes', () => {
    const element = new FakeHost();
    const silence = new SilenceController(element);
    silence.restart();
    vi.advanceTimersByTime(10_000);
    silence.restart();

    expect(silence.seconds).toBeUndefined();
    expect(element.updates).toBe(2);
  });

  it('leaves no timer behind when it is stopped or its element leaves', () => {
    const silence = new SilenceController(new FakeHost());
    silence.restart();
    silence.hostDisconnected();
    expect(vi.getTimerCount()).toBe(0);
    silence.hostConnected();
    silence.stop();

    expect(vi.getTimerCount()).toBe(0);
    expect(silence.seconds).toBeUndefined();
  });
});
