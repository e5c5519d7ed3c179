/** How times are shown. */
export type Zone = 'local' | 'UTC';

/** `2026-03-01 12:05:00`, or as it stands if it is no time. */
export function shownTime(time: string | undefined, zone: Zone): string {
  const date = new Date(time ?? '');
  if (Number.isNaN(date.getTime())) {
    return time ?? '';
  }
  const parts = new Intl.DateTimeFormat('en-CA', {
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
    ...(zone === 'UTC' ? { timeZone: 'UTC' } : {}),
  }).format(date);
  return parts.replace(',', '') + (zone === 'UTC' ? ' Z' : '');
}

/** `3 min`, `5 h`, `12 d`: how long ago. */
export function age(time: string | undefined, now: number): string {
  const seconds = Math.max(0, (now - new Date(time ?? '').getTime()) / 1000);
  if (Number.isNaN(seconds)) {
    return '';
  }
  if (seconds < 3600) {
    return `${Math.round(seconds / 60)} min`;
  }
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}
