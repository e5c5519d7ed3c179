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

/** How a finding is written: as GetFindings answers it, or as EventBridge and exports carry it. */
export type Form = 'api' | 'export';

/** The same findings whole. */
export function searchWhole(
  form: Form,
  criterion: Criterion,
  sort: Sort,
  maxResults: number,
  nextToken: string,
  work: CaseFilter = {},
): Promise<{ findings: Json[]; nextToken: string }> {
  return own('POST', 'findings/search', {
    form,
    case: work,
    findingCriteria: { criterion },
    sortCriteria: sort,
    maxResults,
    nextToken,
  });
}

export type GroupBy =
  | 'ACCOUNT'
  | 'ATTACK_SEQUENCE'
  | 'CALLER_COUNTRY'
  | 'DATE'
  | 'FINDING_TYPE'
  | 'IDENTITY'
  | 'PEER_COUNTRY'
  | 'RESOURCE'
  | 'SEVERITY';

export interface Group {
  account?: string;
  day?: number;
  severity?: number;
  type?: string;
  resourceType?: string;
  resourceId?: string;
  /** Of groups by identity, country or attack sequence. */
  value?: string;
  total: number;
  updatedAt: number;
}

export async function counts(
  criterion: Criterion,
  groupBy: GroupBy,
  maxResults = 100,
  work: CaseFilter = {},
): Promise<Group[]> {
  const answer = await own<{ groups: Group[] }>('POST', 'findings/counts', {
    case: work,
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

/** Says what findings were worth; what led to one of no use counts as usual from then on. */
export async function giveFeedback(ids: readonly string[], feedback: 'USEFUL' | 'NOT_USEFUL'): Promise<void> {
  await own('POST', 'findings/feedback', { findingIds: ids, feedback });
}

/** What is told of every finding of a type. */
export interface TypeInfo {
  type: string;
  tactic: string;
  technique?: string;
  techniqueName?: string;
  severity: number;
  source: string;
  feature: string;
  resourceType: string;
  needs: string[];
  firesWhen: string;
  doesNotSee: string;
  nextSteps: string;
  thresholds: Record<string, string>;
}

let asked: Promise<TypeInfo[]> | undefined;

/** The finding types; they change with the server alone, so it is asked once. */
export function types(): Promise<TypeInfo[]> {
  asked ??= own<{ types: TypeInfo[] }>('GET', 'types').then(
    (answer) => answer.types,
    (e: unknown) => {
      asked = undefined;
      throw e;
    },
  );
  return asked;
}
