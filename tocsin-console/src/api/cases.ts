import { own } from './client';

export type CaseStatus = 'NEW' | 'IN_PROGRESS' | 'CLOSED';
export type CaseReason = 'RESOLVED' | 'EXPECTED' | 'FALSE_POSITIVE' | 'DUPLICATE';

export const STATUS_WORDS: Record<CaseStatus, string> = {
  NEW: 'New',
  IN_PROGRESS: 'In progress',
  CLOSED: 'Closed',
};

export const REASON_WORDS: Record<CaseReason, string> = {
  RESOLVED: 'Resolved: it was an attack or a fault, and is dealt with',
  EXPECTED: 'Expected: it happened, and was meant to',
  FALSE_POSITIVE: 'False: it did not happen as the finding says',
  DUPLICATE: 'Duplicate: the case of another finding has it',
};

/** What people do about a finding. */
export interface Case {
  findingId: string;
  status: CaseStatus;
  owner: string;
  reason?: CaseReason;
  openedAt: string;
  changedAt?: string;
  notes: { time: string; author: string; text: string }[];
}

export interface CaseChange {
  status?: CaseStatus;
  reason?: CaseReason;
  owner?: string;
  note?: string;
}

export function caseOf(id: string): Promise<Case> {
  return own('GET', `findings/${encodeURIComponent(id)}/case`);
}

export function changeCase(id: string, change: CaseChange): Promise<Case> {
  return own('POST', `findings/${encodeURIComponent(id)}/case`, change);
}

/** Changes the cases of many findings. */
export async function changeCases(ids: readonly string[], change: CaseChange): Promise<void> {
  await own('POST', 'findings/case', { findingIds: ids, ...change });
}

/** A name for a state of the list of findings. */
export interface SavedView {
  name: string;
  query: string;
}

export async function views(): Promise<SavedView[]> {
  return (await own<{ views: SavedView[] }>('GET', 'views')).views;
}

export async function saveView(view: SavedView): Promise<SavedView[]> {
  return (await own<{ views: SavedView[] }>('POST', 'views', view)).views;
}

export async function deleteView(name: string): Promise<SavedView[]> {
  return (await own<{ views: SavedView[] }>('DELETE', `views/${encodeURIComponent(name)}`)).views;
}
