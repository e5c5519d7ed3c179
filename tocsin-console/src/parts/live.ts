import { useEffect, useRef, useSyncExternalStore } from 'react';
import { checkSession } from '../api/client';
import type { Row } from '../api/findings';
import { useLoaded, type Loaded } from './loaded';

/** Whether the server tells of findings by itself, or has to be asked. */
export type State = 'starting' | 'live' | 'asking';

const ASK_MILLIS = 15_000;
/** How long it is waited for the server before it is said that it does not tell by itself. */
const START_MILLIS = 5_000;
/** When a stream that was refused is asked for again. */
const AGAIN_MILLIS = 30_000;
/** Events within this time are shown together. */
const TOGETHER_MILLIS = 500;

export interface Told {
  /** What is new or changed; fewer than `count` if there were too many to be told. */
  rows: readonly Row[];
  count: number;
}

let state: State = 'starting';
let source: EventSource | null = null;
let timer = 0;
let together = 0;
let told: { rows: Row[]; count: number } = { rows: [], count: 0 };
const watchers = new Set<() => void>();
const listeners = new Set<(what: Told) => void>();

function become(next: State): void {
  if (state !== next) {
    state = next;
    watchers.forEach((one) => {
      one();
    });
  }
}

function tell(rows: readonly Row[], count: number): void {
  told.rows.push(...rows);
  told.count += count;
  if (together === 0) {
    together = window.setTimeout(() => {
      const what = told;
      told = { rows: [], count: 0 };
      together = 0;
      listeners.forEach((one) => {
        one(what);
      });
    }, TOGETHER_MILLIS);
  }
}

function lookForEnd(): void {
  checkSession().catch(() => undefined); // a server that is gone is said by who asks it for something
}

function open(): void {
  close();
  const opened = new EventSource('/tocsin/v1/events');
  source = opened;
  const before = state;
  timer = window.setTimeout(() => {
    become('asking');
  }, START_MILLIS);
  let again = before !== 'starting';
  opened.addEventListener('ready', () => {
    window.clearTimeout(timer);
    become('live');
    if (again) {
      tell([], 0); // what came meanwhile is asked for once
    }
    again = true;
  });
  opened.addEventListener('finding', (event) => {
    tell([JSON.parse(String(event.data)) as Row], 1);
  });
  opened.addEventListener('many', (event) => {
    tell([], (JSON.parse(String(event.data)) as { findings: number }).findings);
  });
  opened.addEventListener('end', lookForEnd);
  opened.onerror = () => {
    window.clearTimeout(timer);
    become('asking');
    if (opened.readyState === EventSource.CLOSED) {
      lookForEnd();
      timer = window.setTimeout(open, AGAIN_MILLIS);
    }
  };
}

function close(): void {
  window.clearTimeout(timer);
  source?.close();
  source = null;
}

function visible(): void {
  // A browser has few connections to a server: pages that nobody looks at hold none.
  if (document.visibilityState === 'visible') {
    open();
  } else {
    close();
  }
}

/** Listens as long as the page is looked at; the answer ends it. */
export function listen(): () => void {
  document.addEventListener('visibilitychange', visible);
  visible();
  return () => {
    document.removeEventListener('visibilitychange', visible);
    close();
    state = 'starting';
  };
}

/** Whether the server tells by itself. */
export function useLiveState(): State {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => {
        watchers.delete(changed);
      };
    },
    () => state,
  );
}

/** Calls `then` with findings as they come. */
export function useFindingsTold(then: (what: Told) => void): void {
  const current = useRef(then);
  useEffect(() => {
    current.current = then;
  });
  useEffect(() => {
    const listener = (what: Told) => {
      current.current(what);
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
}

/** As {@link useLoaded}, and again with each finding that comes; while the server does not tell, every 15 s. */
export function useLive<T>(key: string, ask: () => Promise<T>, wanted = true): Loaded<T> {
  const live = useLiveState();
  const loaded = useLoaded(key, ask, wanted && live === 'asking' ? ASK_MILLIS : 0);
  useFindingsTold(() => {
    if (wanted) {
      loaded.again();
    }
  });
  return loaded;
}
