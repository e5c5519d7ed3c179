import { own } from './client';
import type { Criterion } from './findings';

/** A detector of any account and Region. */
export interface Detector {
  detectorId: string;
  accountId: string;
  region: string;
  status: 'ENABLED' | 'DISABLED';
  features: { name: string; status: 'ENABLED' | 'DISABLED' }[];
  findingPublishingFrequency: string;
  updatedAt: string;
}

export async function detectors(): Promise<Detector[]> {
  return (await own<{ detectors: Detector[] }>('GET', 'detectors')).detectors;
}

export type ListKind = 'IPSet' | 'ThreatIntelSet' | 'TrustedEntitySet' | 'ThreatEntitySet';

/** A list of any account and Region; times are epoch seconds. */
export interface KnownList {
  kind: ListKind;
  id: string;
  accountId: string;
  region: string;
  name: string;
  format: string;
  location: string;
  status: string;
  createdAt: number;
  updatedAt: number;
  errorDetails?: string;
}

export async function lists(): Promise<KnownList[]> {
  return (await own<{ lists: KnownList[] }>('GET', 'lists')).lists;
}

/** What a text would be as a list. */
export interface ListReport {
  status: string;
  format?: string;
  accepted: number;
  duplicates: number;
  ignored: Record<string, number>;
  rejected: number;
  rejections: string[];
  warnings: string[];
  message?: string;
}

export function checkList(format: string, text: string): Promise<ListReport> {
  return own('POST', 'lists/check', { format, text });
}

/** Keeps `text` in the service; where it lies then. */
export async function uploadList(text: string): Promise<string> {
  return (await own<{ location: string }>('POST', 'lists/upload', { text })).location;
}

export interface SuppressionHits {
  days: number;
  rules: { name: string; hits: number; lastHit?: string }[];
}

export function suppressionHits(region: string): Promise<SuppressionHits> {
  return own('GET', 'suppression-hits', undefined, region);
}

export interface SuppressionPreview {
  days: number;
  findings: number;
  hidden: number;
  hiddenByType: Record<string, number>;
  findingIds: string[];
  brokenSequences: string[];
}

export function suppressionPreview(criterion: Criterion, region: string): Promise<SuppressionPreview> {
  return own('POST', 'suppression-preview', { findingCriteria: { criterion } }, region);
}

export interface RuleHit {
  ruleId: string;
  name: string;
  findings: number;
  matchesTried: number;
}

export async function ruleHits(region: string): Promise<RuleHit[]> {
  return (await own<{ rules: RuleHit[] }>('GET', 'rule-hits', undefined, region)).rules;
}

/** What was analysed of an account's Region and feature, and of the part that was asked for. */
export interface Used {
  day?: string;
  accountId: string;
  region: string;
  source?: string;
  feature: string;
  resource?: string;
  records: number;
  bytes: number;
  exemptBytes: number;
  wouldHavePaidUsd?: string;
}

export interface UsageOfSpan {
  since: string;
  until: string;
  usage: Used[];
  wouldHavePaidUsd?: string;
  prices: { list: string; date: string; note: string };
}

/** The usage of the last 30 days by feature, and by day, source or resource. */
export function usage(by: string): Promise<UsageOfSpan> {
  return own('GET', `usage?by=${by}`);
}

export interface Retention {
  findingDays: number;
  ledgerDays: number;
  usageDays: number;
  auditDays: number;
}

export interface Key {
  id: string;
  accountId: string;
  role: string;
  enabled: boolean;
  createdAt: string;
}

export interface User {
  name: string;
  accountId: string;
  role: string;
  enabled: boolean;
  createdAt: string;
}

export interface Destination {
  id: string;
  accountId?: string;
  name: string;
  type: string;
  format?: string;
  enabled?: boolean;
  minSeverity?: number;
  origin: 'configuration' | 'api';
  waiting: number;
  dead: number;
  status?: string;
  problem?: string;
  lastSentAt?: string;
  queue?: string;
  topic?: string;
  path?: string;
  server?: string;
  brokers?: string[];
}

export interface DeadLetter {
  findingId: string;
  type: string;
  severity: number;
  tries: number;
  deadSince: string;
  problem: string;
}
