import type { CaseStatus } from './cases';
import { own } from './client';
import type { Condition } from './contract';

export type { Condition };

export type Criterion = Record<string, Condition>;

export type Level = 'now' | 'today' | 'later';

/** A finding as lists show it. */
export interface Row {
  id: string;
  type: string;
  severity: number;
  accountId: string;
  region: string;
  title: string;
  resourceType?: string;
  resourceId?: string;
  firstSeen?: string;
  lastSeen?: string;
  createdAt: string;
  updatedAt: string;
  count: number;
  archived: boolean;
  userFeedback?: string;
  detectorId?: string;
  priority?: { level?: Level; reasons?: string[] };
  technique?: string;
  associatedAttackSequenceArn?: string;
  caseStatus?: CaseStatus;
  owner?: string;
}

export interface Page {
  findings: Row[];
  nextToken: string;
}

export interface Sort {
  attributeName: string;
  orderBy: 'ASC' | 'DESC';
}

/** What the work on a finding must be: one of these, if there are any. */
export interface CaseFilter {
  status?: CaseStatus[];
  owner?: string[];
}

export function search(
  criterion: Criterion,
  sort: Sort,
  maxResults: number,
  nextToken: string,
  work: CaseFilter = {},
): Promise<Page> {
  return own('POST', 'findings/search', {
    case: work,
    findingCriteria: { criterion },
    sortCriteria: sort,
    maxResults,
    nextToken,
  });
}

export type GroupBy = 'ACCOUNT' | 'DATE' | 'FINDING_TYPE' | 'RESOURCE' | 'SEVERITY';

export interface Group {
  account?: string;
  day?: number;
  severity?: number;
  type?: string;
  resourceType?: string;
  resourceId?: string;
  total: number;
  updatedAt: number;
}

export async function counts(criterion: Criterion, groupBy: GroupBy, maxResults = 100): Promise<Group[]> {
  const answer = await own<{ groups: Group[] }>('POST', 'findings/counts', {
    findingCriteria: { criterion },
    groupBy,
    maxResults,
  });
  return answer.groups;
}

/** A document whose members the page reads by path; what a log says is never trusted to be there. */
export type Json = Record<string, unknown>;

/** What lies at `path` of `from`, or undefined. */
export function at(from: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (one, name) => (typeof one === 'object' && one !== null ? (one as Json)[name] : undefined),
    from,
  );
}

/** What lies at `path` as text, or empty. */
export function text(from: unknown, ...path: string[]): string {
  const value = at(from, ...path);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** What lies at `path` as a list, or an empty one. */
export function list(from: unknown, ...path: string[]): unknown[] {
  const value = at(from, ...path);
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function finding(id: string): Promise<Json> {
  return own('GET', `findings/${encodeURIComponent(id)}`);
}

/** Archives findings of any account and Region, or takes them back. */
export async function archive(ids: readonly string[], archived: boolean): Promise<void> {
  await own('POST', archived ? 'findings/archive' : 'findings/unarchive', { findingIds: ids });
}
