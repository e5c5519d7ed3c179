import { useEffect, useState } from 'react';

/** A page and its parameters, as the address bar has them: each state has an address that can be shared. */
export interface Route {
  page: string;
  rest: string;
  query: URLSearchParams;
}

/** What somebody typed may be no escaped text. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const slash = path.indexOf('/');
  return {
    page: slash < 0 ? path : path.slice(0, slash),
    rest: slash < 0 ? '' : decoded(path.slice(slash + 1)),
    query: new URLSearchParams(query),
  };
}

export function useRoute(): Route {
  const [hash, setHash] = useState(window.location.hash);
  useEffect(() => {
    const changed = () => {
      setHash(window.location.hash);
    };
    window.addEventListener('hashchange', changed);
    return () => {
      window.removeEventListener('hashchange', changed);
    };
  }, []);
  return parse(hash);
}

/** The address of a page, with parameters that are not empty. */
export function address(page: string, rest = '', query: Record<string, string> = {}): string {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  const tail = parameters.toString();
  return `#/${page}${rest === '' ? '' : `/${encodeURIComponent(rest)}`}${tail === '' ? '' : `?${tail}`}`;
}

/** The address of the current findings that meet all `filters`; of one attribute any. */
export function findingsBy(filters: readonly string[]): string {
  return `#/findings?${new URLSearchParams(filters.map((filter) => ['filter', filter])).toString()}`;
}

/** Goes there; `replace` leaves no step to go back to. */
export function go(to: string, replace = false): void {
  if (replace) {
    window.history.replaceState(null, '', to);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    window.location.hash = to;
  }
}
