import Badge from '@cloudscape-design/components/badge';
import type { Level } from '../api/findings';

/** GuardDuty's words for numbers of severity. */
export function severityWord(severity: number): 'Low' | 'Medium' | 'High' | 'Critical' {
  return severity >= 9 ? 'Critical' : severity >= 7 ? 'High' : severity >= 4 ? 'Medium' : 'Low';
}

const COLORS = {
  Low: 'severity-low',
  Medium: 'severity-medium',
  High: 'severity-high',
  Critical: 'severity-critical',
} as const;

export function Severity({ value }: { value: number }) {
  const word = severityWord(value);
  return <Badge color={COLORS[word]}>{word}</Badge>;
}

export function Priority({ level }: { level: Level | undefined }) {
  return level === 'now' ? <strong>now</strong> : <>{level ?? 'later'}</>;
}
