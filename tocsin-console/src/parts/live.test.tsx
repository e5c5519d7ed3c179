import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listen, useFindingsTold, useLiveState } from './live';

/** A stream of events that the test sends. */
class Stream extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly CLOSED = 2;
  static all: Stream[] = [];
  readyState = 1;
  onerror: () => void = () => undefined;
  closed = false;

  constructor(readonly url: string) {
    super();
    Stream.all.push(this);
  }

  tell(name: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }

  fail(state: number) {
    this.readyState = state;
    this.onerror();
  }

  close() {
    this.closed = true;
  }
}

const last = () => Stream.all.at(-1) ?? new Stream('none');

beforeEach(() => {
  vi.useFakeTimers();
  Stream.all = [];
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(new Response('{}'))),
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('events that come together are shown together', () => {
  const told = vi.fn();
  const end = listen();
  renderHook(() => {
    useFindingsTold(told);
  });
  act(() => {
    last().tell('ready', {});
    last().tell('finding', { id: 'a' });
    last().tell('finding', { id: 'b' });
    last().tell('many', { findings: 300 });
    vi.advanceTimersByTime(500);
  });
  expect(told).toHaveBeenCalledTimes(1);
  expect(told).toHaveBeenCalledWith({ rows: [{ id: 'a' }, { id: 'b' }], count: 302 });
  end();
  expect(last().closed).toBe(true);
});

test('it is said when the server does not tell, and that it tells again', () => {
  const told = vi.fn();
  const end = listen();
  const { result } = renderHook(() => {
    useFindingsTold(told);
    return useLiveState();
  });
  expect(result.current).toBe('starting');
  act(() => {
    vi.advanceTimersByTime(5_000);
  });
  expect(result.current).toBe('asking');
  act(() => {
    last().tell('ready', {});
  });
  expect(result.current).toBe('live');
  act(() => {
    last().fail(Stream.CONNECTING);
  });
  expect(result.current).toBe('asking');
  act(() => {
    last().tell('ready', {});
    vi.advanceTimersByTime(500);
  });
  expect(result.current).toBe('live');
  expect(told).toHaveBeenCalledWith({ rows: [], count: 0 });
  end();
});

test('a stream that is refused is asked for again', () => {
  const end = listen();
  act(() => {
    last().fail(Stream.CLOSED);
    vi.advanceTimersByTime(30_000);
  });
  expect(Stream.all.length).toBe(2);
  end();
});
