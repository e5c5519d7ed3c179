import { at, list, text, type Json } from '../../api/findings';

/** A step of an attack sequence. */
export interface Step {
  number: number;
  name: string;
  /** The finding that it is, or empty for an API call. */
  findingId: string;
  at: string;
  count: number;
  severity: number;
  tactic: string;
  techniques: string[];
  actors: string[];
  resources: string[];
  endpoints: string[];
  /** What is said of the time since the step before, or empty if it follows closely. */
  gap: string;
}

export interface Lane {
  id: string;
  label: string;
  kind: 'actor' | 'resource';
}

export interface Story {
  steps: Step[];
  lanes: Lane[];
}

/** Time between two steps from which it is said, in seconds. */
const GAP_SECONDS = 600;

function seconds(value: unknown): number {
  if (typeof value === 'number') {
    return value > 1e11 ? value / 1000 : value;
  }
  return typeof value === 'string' ? new Date(value).getTime() / 1000 : Number.NaN;
}

function texts(from: unknown, ...path: string[]): string[] {
  return list(from, ...path).map(String);
}

function indicators(signal: unknown, key: string): string[] {
  return list(signal, 'signalIndicators').flatMap((one) => (text(one, 'key') === key ? texts(one, 'values') : []));
}

function span(length: number): string {
  if (!(length >= GAP_SECONDS)) {
    return '';
  }
  return length < 7200
    ? `${Math.round(length / 60)} min`
    : length < 172_800
      ? `${Math.round(length / 3600)} h`
      : `${Math.round(length / 86_400)} d`;
}

/** The sequence that a finding tells of, in order; null if it tells of none. */
export function story(one: Json): Story | null {
  const sequence = at(one, 'service', 'detection', 'sequence');
  const signals = list(sequence, 'signals');
  if (signals.length === 0) {
    return null;
  }
  const lanes: Lane[] = [
    ...list(sequence, 'actors').map((actor): Lane => ({
      id: text(actor, 'id'),
      label: text(actor, 'user', 'name') || text(actor, 'id'),
      kind: 'actor',
    })),
    ...list(sequence, 'resources').map((part): Lane => ({
      id: text(part, 'uid'),
      label: text(part, 'name') || text(part, 'uid'),
      kind: 'resource',
    })),
  ];
  const ordered = signals
    .map((signal) => ({ signal, first: seconds(at(signal, 'firstSeenAt') ?? at(signal, 'createdAt')) }))
    .sort((one_, other) => one_.first - other.first);
  const steps = ordered.map(({ signal, first }, index): Step => {
    const before = ordered[index - 1]?.first;
    const uid = text(signal, 'uid');
    return {
      number: index + 1,
      name: text(signal, 'name') || uid,
      findingId: text(signal, 'type') === 'FINDING' ? (uid.split('/').at(-1) ?? '') : '',
      at: Number.isNaN(first) ? '' : new Date(first * 1000).toISOString(),
      count: Number(text(signal, 'count')) || 1,
      severity: Number(text(signal, 'severity')),
      tactic: indicators(signal, 'ATTACK_TACTIC').join(', '),
      techniques: indicators(signal, 'ATTACK_TECHNIQUE'),
      actors: texts(signal, 'actorIds'),
      resources: texts(signal, 'resourceUids'),
      endpoints: texts(signal, 'endpointIds'),
      gap: before === undefined ? '' : span(first - before),
    };
  });
  const used = new Set(steps.flatMap((step) => [...step.actors, ...step.resources]));
  return { steps, lanes: lanes.filter((lane) => used.has(lane.id)) };
}

/** Steps of one tactic after each other, for the band above the graph. */
export function bands(steps: readonly Step[]): { tactic: string; from: number; to: number }[] {
  const all: { tactic: string; from: number; to: number }[] = [];
  steps.forEach((step, index) => {
    const last = all.at(-1);
    if (last?.tactic === step.tactic) {
      last.to = index;
    } else {
      all.push({ tactic: step.tactic, from: index, to: index });
    }
  });
  return all;
}
