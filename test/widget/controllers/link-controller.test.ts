import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LinkController } from '../../../widget/controllers/link-controller.ts';
import { FakeHost } from '../../support/fake-host.ts';

describe('LinkController', () => {
  const network = { onLine: true };

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('window', new EventTarget());
    vi.stubGlobal('navigator', network);
    network.onLine = true;
  });

  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('says nothing of a connection that is back within a second', () => {
    const link = new LinkController(new FakeHost());
    link.observe('open');
    link.observe('reconnecting');
    vi.advanceTimersByTime(900);
    expect(link.link).toBe('quiet');
    link.observe('open');

    expect(link.link).toBe('online');
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['connecting', 'reconnecting'] as const)(
    'tells of %s after a second, and draws again for it',
    (state) => {
      const element = new FakeHost();
      const link = new LinkController(element);
      link.observe(state);
      vi.advanceTimersByTime(1_001);

      expect(link.link).toBe(state);
      expect(element.updates).toBe(1);
    },
  );

  it('[F50] says after fifteen seconds that the chat cannot be reached', () => {
    const link = new LinkController(new FakeHost());
    link.observe('connecting');
    vi.advanceTimersByTime(15_001);

    expect(link.link).toBe('unreachable');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('[F50] says so also where timers ring a moment early by the clock', () => {
    const exact = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => exact() * 0.999);
    const element = new FakeHost();
    const link = new LinkController(element);
    const drawn: string[] = [];
    vi.spyOn(element, 'requestUpdate').mockImplementation(() => drawn.push(link.link));
    link.observe('connecting');
    vi.advanceTimersByTime(15_100);

    expect(drawn.at(-1)).toBe('unreachable');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('counts from the first moment, also when attempts come between', () => {
    const link = new LinkController(new FakeHost());
    link.observe('connecting');
    vi.advanceTimersByTime(10_000);
    link.observe('reconnecting');
    vi.advanceTimersByTime(5_001);

    expect(link.link).toBe('unreachable');
  });

  it('believes the browser when it says that there is no network', () => {
    const link = new LinkController(new FakeHost());
    network.onLine = false;
    link.observe('reconnecting');
    vi.advanceTimersByTime(1_001);

    expect(link.link).toBe('offline');
  });

  it('tells of a refusal at once', () => {
    const link = new LinkController(new FakeHost());
    link.observe('connecting');
    link.observe('refused');

    expect(link.link).toBe('refused');
  });

  it('leaves neither timers nor listeners behind', () => {
    const element = new FakeHost();
    const link = new LinkController(element);
    for (const controller of element.controllers) controller.hostConnected?.();
    link.observe('reconnecting');
    for (const controller of element.controllers) controller.hostDisconnected?.();
    window.dispatchEvent(new Event('offline'));

    expect(vi.getTimerCount()).toBe(0);
    expect(element.updates).toBe(0);
  });
});
