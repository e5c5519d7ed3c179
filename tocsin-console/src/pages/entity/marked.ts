import { own } from '../../api/client';
import { list, text, type Json, type Row } from '../../api/findings';

export interface Profile {
  principal: string;
  accountId: string;
  activeDays: number;
  lastDay: string;
  usual: { feature: string; text: string; days: number; label: string }[];
  disputed: { feature: string; text: string; until: string }[];
}

/** All that is known of somebody or something. */
export interface Known {
  name: string;
  kind: string;
  firstSeen?: string;
  lastSeen?: string;
  findings: Row[];
  records: Json[];
  recordsLeftOut: number;
  names: Record<string, string[]>;
  profiles?: Profile[];
}

export function entity(name: string): Promise<Known> {
  return own('GET', `entities?name=${encodeURIComponent(name)}`);
}

/** A record with what is unusual about it. */
export interface Line {
  key: string;
  record: Json;
  /** What stands beside it: caller, Region, tool. */
  beside: string;
  marks: string[];
  findings: Row[];
}

/** Days of the last 30 from which on a call is usual, and a profile old enough to say what is not. */
const USUAL_DAYS = 7;

/** What may be new about a record, by kind. */
function features(record: Json): [kind: string, value: string][] {
  const field = (name: string) => text(record, 'fields', name);
  const call = field('eventName');
  const pairs: [string, string][] =
    call !== ''
      ? [
          ['call', `${field('eventSource').replace('.amazonaws.com', '')}:${call}`],
          ['address', field('sourceIPAddress')],
          ['Region', field('awsRegion')],
          ['tool', field('userAgent')],
        ]
      : [
          ['peer', [field('srcaddr'), field('dstaddr')].filter((part) => part !== '').join(' > ')],
          ['name', field('query_name')],
        ];
  return pairs.filter(([, value]) => value !== '');
}

/** The records in order, each with what this entity had not done before and what its profile does not have as usual. */
export function marked(known: Known): Line[] {
  const rows = new Map(known.findings.map((row) => [row.id, row]));
  const met = new Set<string>();
  const usual = new Map<string, number>();
  for (const profile of known.profiles ?? []) {
    for (const one of profile.usual) {
      usual.set(one.text, Math.max(one.days, usual.get(one.text) ?? 0));
    }
  }
  const isLearned = (known.profiles ?? []).some((profile) => profile.activeDays >= USUAL_DAYS);
  return known.records.map((record, index) => {
    const found = features(record);
    const firsts = found.filter(([kind, value]) => {
      const key = `${kind} ${value}`;
      return met.has(key) ? false : met.add(key).size > 0;
    });
    const call = found.find(([kind]) => kind === 'call')?.[1];
    const days = call === undefined ? undefined : (usual.get(call) ?? 0);
    const news = index === 0 ? [] : firsts.map(([kind]) => kind);
    const marks = news.length === 0 ? [] : [`first of this ${news.join(', ')}`];
    if (isLearned && days !== undefined && days < USUAL_DAYS) {
      marks.push(days === 0 ? 'call not in its profile' : `call on ${days} of 30 days only`);
    }
    return {
      key: `${text(record, 'source')} ${text(record, 'position')} ${index}`,
      record,
      beside: found
        .filter(([kind]) => kind !== 'call')
        .map(([kind, value]) => (kind === 'address' ? `from ${value}` : value))
        .join(', '),
      marks,
      findings: list(record, 'findingIds').flatMap((id) => rows.get(String(id)) ?? []),
    };
  });
}
