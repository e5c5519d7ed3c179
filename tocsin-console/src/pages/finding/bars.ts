import { at, list, text, type Json } from '../../api/findings';

/** A part of a verdict and what it weighs, in bits: how much likelier of an attacker than of the identity itself. */
export interface Part {
  name: string;
  bits: number;
}

/** A way that the evidence was summed up, and what it had to reach. */
export interface Channel extends Part {
  threshold: number;
}

export interface Rarity {
  parts: Part[];
  channels: Channel[];
  /** What the identity usually does, by feature. */
  usual: [feature: string, values: string][];
  activeDays: number;
  principal: string;
}

function decimals(from: string, pattern: RegExp): RegExpExecArray[] {
  return from
    .split(' , ')
    .map((part) => pattern.exec(part.trim()))
    .filter((found) => found !== null);
}

/** The score of an anomaly as bars, or null if the finding has none. */
export function rarity(one: Json): Rarity | null {
  const score = at(one, 'service', 'additionalInfo', 'score');
  const parts = decimals(text(score, 'parts'), /^(.+) (-?\d+(?:\.\d+)?)$/).map((found) => ({
    name: found[1] ?? '',
    bits: Number(found[2]),
  }));
  if (parts.length === 0) {
    return null;
  }
  const several = decimals(text(score, 'thresholds'), /^(.+) (-?\d+(?:\.\d+)?) of (\d+(?:\.\d+)?)$/).map((found) => ({
    name: found[1] ?? '',
    bits: Number(found[2]),
    threshold: Number(found[3]),
  }));
  const single =
    text(score, 'threshold') === ''
      ? []
      : [{ name: 'evidence', bits: Number(text(score, 'bits')), threshold: Number(text(score, 'threshold')) }];
  return {
    parts: parts.filter((part) => part.bits !== 0).sort((one_, other) => other.bits - one_.bits),
    channels: several.length > 0 ? several : single,
    usual: Object.entries((at(score, 'usual') ?? {}) as Json).map(([feature, values]) => [feature, String(values)]),
    activeDays: Number(text(score, 'activeDays')),
    principal: text(score, 'profile'),
  };
}

/** Numbers over time or in order, with what was usual before. */
export interface Series {
  title: string;
  bars: { label: string; value: number; isNow: boolean }[];
  usual?: number;
  usualText?: string;
}

const WORDS: Record<string, string> = {
  bytesOut: 'Bytes sent',
  bytes: 'Bytes',
  connections: 'Connections',
  failed: 'Names without an answer',
  answered: 'Names answered',
  names: 'Names asked for',
};

function instant(value: unknown): string {
  return typeof value === 'number' ? new Date(value * 1000).toISOString() : typeof value === 'string' ? value : '';
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : [];
}

/** The courses that a finding holds. */
export function series(one: Json): Series[] {
  const info = at(one, 'service', 'additionalInfo');
  return [activity(one, info), ...timeSeries(info), ...listed(info), ...hours(info)].filter(
    (found): found is Series => found !== null && found.bars.length > 0,
  );
}

function activity(one: Json, info: unknown): Series | null {
  const found = at(one, 'tocsin', 'evidence', 'activity');
  const bins = list(found, 'bins');
  const baseline = at(info, 'baseline');
  if (bins.length < 2 && baseline === undefined) {
    return null;
  }
  const minutes = Number(text(found, 'binSeconds')) / 60;
  const result: Series = {
    title: `${text(found, 'of')} in ${minutes} minutes`,
    bars: bins.map((bin) => ({ label: text(bin, 'start'), value: Number(text(bin, 'count')), isNow: true })),
  };
  if (baseline !== undefined) {
    const days = Number(text(baseline, 'days'));
    result.usual = Number(text(baseline, 'highest'));
    result.usualText =
      days === 0
        ? `no history yet of ${text(baseline, 'of')}`
        : `at most ${text(baseline, 'highest')} ${text(baseline, 'of')} on ${days} days before`;
  }
  return result;
}

function timeSeries(info: unknown): Series[] {
  const found = at(info, 'timeSeries');
  if (found === undefined) {
    return [];
  }
  const width = Number(text(found, 'binSeconds'));
  const start = Number(text(found, 'start'));
  const starts = numbers(at(found, 'starts'));
  return Object.entries(found as Json).flatMap(([name, value]) => {
    const values = name === 'starts' ? [] : numbers(value);
    return values.length === 0
      ? []
      : [
          {
            title: `${WORDS[name] ?? name} in ${width / 60} minutes`,
            bars: values.map((one, index) => ({
              label: instant(starts[index] ?? start + index * width),
              value: one,
              isNow: true,
            })),
          },
        ];
  });
}

function listed(info: unknown): Series[] {
  const rows = list(info, 'series');
  const names = Object.keys((rows[0] ?? {}) as Json).filter((name) => name !== 'start');
  return names.map((name) => ({
    title: `${WORDS[name] ?? name} in ten minutes`,
    bars: rows.map((row) => ({ label: instant(at(row, 'start')), value: Number(at(row, name)), isNow: true })),
  }));
}

function hours(info: unknown): (Series | null)[] {
  const busiest = numbers(at(info, 'baselineBusiestHours'));
  const sent = at(info, 'totalBytesOut');
  const calls = numbers(at(info, 'callsByHour'));
  return [
    busiest.length === 0 || typeof sent !== 'number'
      ? null
      : {
          title: 'Bytes sent in the busiest hour of each day before, and now',
          bars: [
            ...busiest.map((value, index) => ({
              label: `${busiest.length - index} days before`,
              value,
              isNow: false,
            })),
            { label: 'now', value: sent, isNow: true },
          ],
          usual: Math.max(...busiest),
          usualText: `at most ${Math.max(...busiest)} bytes in an hour of ${busiest.length} days before`,
        },
    calls.length === 0
      ? null
      : {
          title: 'Calls by hour',
          bars: calls.map((value, index) => ({
            label: `${calls.length - 1 - index} hours before`,
            value,
            isNow: true,
          })),
        },
  ];
}
