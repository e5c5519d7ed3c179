import { useEffect, useRef, type RefObject } from 'react';

/** What keys do in a list. */
export interface Keys {
  select: (row: number) => void;
  archive: () => void;
}

/**
 * Lets j and k (or the arrows) go from row to row within `list`, x choose the row and e archive what is chosen. The keys
 * act while a row's link has the focus and nowhere else, so that nobody's typing is taken for them (WCAG 2.1.4).
 */
export function useRowKeys(list: RefObject<HTMLElement | null>, keys: Keys): void {
  const now = useRef(keys);
  useEffect(() => {
    now.current = keys;
  });
  useEffect(() => {
    const element = list.current;
    if (element === null) {
      return undefined;
    }
    const pressed = (event: KeyboardEvent) => {
      const links = rowLinks(element);
      const row = links.findIndex((link) => link === document.activeElement);
      if (row < 0 || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const step =
        event.key === 'j' || event.key === 'ArrowDown' ? 1 : event.key === 'k' || event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) {
        links[row + step]?.focus();
      } else if (event.key === 'x') {
        now.current.select(row);
      } else if (event.key === 'e') {
        now.current.archive();
      } else {
        return;
      }
      event.preventDefault();
    };
    element.addEventListener('keydown', pressed);
    return () => {
      element.removeEventListener('keydown', pressed);
    };
  }, [list]);
}

function rowLinks(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('tbody th a[href^="#/findings/"]')];
}
