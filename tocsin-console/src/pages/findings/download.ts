import { counts, search, searchWhole, type CaseFilter, type Criterion, type Sort } from '../../api/findings';
import { csv, heading } from './csv';

/** Findings asked for at once. */
const AT_ONCE = 200;

export type Kind = 'csv' | 'json';

/** How far an export is. */
export interface Progress {
  done: number;
  all: number;
}

/** Which findings, in which order. */
export interface Selection {
  criterion: Criterion;
  work: CaseFilter;
  sort: Sort;
}

/** The file's text in parts, page by page, told as it grows; ends early if `signal` says so. */
export async function parts(
  kind: Kind,
  { criterion, work, sort }: Selection,
  tell: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const groups = await counts(criterion, 'SEVERITY', 1000, work);
  const all = groups.reduce((sum, group) => sum + group.total, 0);
  const written = [kind === 'csv' ? heading() : '{"findings":['];
  let done = 0;
  let token = '';
  do {
    signal.throwIfAborted();
    if (kind === 'csv') {
      const page = await search(criterion, sort, AT_ONCE, token, work);
      written.push(csv(page.findings));
      done += page.findings.length;
      token = page.nextToken;
    } else {
      const page = await searchWhole('api', criterion, sort, AT_ONCE, token, work);
      const begin = done === 0 ? '\n' : ',\n';
      if (page.findings.length > 0) {
        written.push(begin + page.findings.map((one) => JSON.stringify(one)).join(',\n'));
      }
      done += page.findings.length;
      token = page.nextToken;
    }
    tell({ done, all: Math.max(all, done) });
  } while (token !== '');
  if (kind === 'json') {
    written.push('\n]}\n');
  }
  return written;
}

/** Hands `written` to the browser as a file. */
export function save(name: string, type: string, written: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...written], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
