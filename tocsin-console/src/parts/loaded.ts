import { useCallback, useEffect, useState } from 'react';

/** What is on its way, there, or was refused. What was there stays while it is asked for again. */
export interface Loaded<T> {
  value: T | undefined;
  error: string | undefined;
  loading: boolean;
  again: () => void;
}

/** Asks at once, before the page is drawn; the answer is for who takes it first. */
function early<T>(ask: () => Promise<T>): () => Promise<T> | undefined {
  let answer: Promise<T> | undefined = ask();
  answer.catch(() => undefined); // who takes it says so
  return () => {
    const taken = answer;
    answer = undefined;
    return taken;
  };
}

/** Asks by `ask` whenever `key` changes, and every `everyMillis` if that is not 0. */
export function useLoaded<T>(key: string, ask: () => Promise<T>, everyMillis = 0): Loaded<T> {
  const [state, setState] = useState<{ key: string; value?: T; error?: string }>({ key: '' });
  const [round, setRound] = useState(0);
  const [first] = useState(() => early(ask));
  useEffect(() => {
    let wanted = true;
    (first() ?? ask()).then(
      (value) => {
        if (wanted) {
          setState({ key, value });
        }
      },
      (e: unknown) => {
        if (wanted) {
          const error = e instanceof Error ? e.message : String(e);
          setState((before) => (before.value === undefined ? { key, error } : { key, value: before.value, error }));
        }
      },
    );
    return () => {
      wanted = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- key stands for all that ask depends on
  }, [key, round]);
  const again = useCallback(() => {
    setRound((one) => one + 1);
  }, []);
  useEffect(() => {
    if (everyMillis === 0) {
      return undefined;
    }
    const timer = window.setInterval(again, everyMillis);
    return () => {
      window.clearInterval(timer);
    };
  }, [again, everyMillis]);
  return { value: state.value, error: state.error, loading: state.key !== key, again };
}
