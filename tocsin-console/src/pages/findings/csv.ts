import type { Row } from '../../api/findings';
import { severityWord } from '../../parts/marks';

/** As `tocsin analyze --format csv` names them, and what the console knows besides. */
const COLUMNS: readonly [name: string, of: (row: Row) => string | number][] = [
  ['severity', (row) => row.severity],
  ['level', (row) => severityWord(row.severity)],
  ['priority', (row) => row.priority?.level ?? ''],
  ['type', (row) => row.type],
  ['account', (row) => row.accountId],
  ['region', (row) => row.region],
  ['resource', (row) => [row.resourceType ?? '', row.resourceId ?? ''].filter((part) => part !== '').join(' ')],
  ['title', (row) => row.title],
  ['count', (row) => row.count],
  ['first', (row) => row.firstSeen ?? ''],
  ['last', (row) => row.lastSeen ?? ''],
  ['updated', (row) => row.updatedAt],
  ['archived', (row) => String(row.archived)],
  ['feedback', (row) => row.userFeedback ?? ''],
  ['id', (row) => row.id],
];

/** A cell of RFC 4180; what a spreadsheet would run as a formula gets an apostrophe (OWASP: CSV injection). */
export function cell(value: string | number): string {
  const text = String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function line(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

export function heading(): string {
  return line(COLUMNS.map(([name]) => name));
}

export function csv(rows: readonly Row[]): string {
  return rows.map((row) => line(COLUMNS.map(([, of]) => of(row)))).join('');
}
