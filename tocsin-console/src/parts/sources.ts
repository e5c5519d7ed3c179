export interface Health {
  status: string;
  sources?: Source[];
}

/** A source as health tells of it; records are counted since the service started, alarms by kind. */
export interface Source {
  name: string;
  status: string;
  reason?: string;
  lagSeconds?: number;
  lastObjectAt?: string;
  recordsBehind?: number;
  messagesSetAside?: number;
  records?: { accepted?: number; ignored?: number; rejected?: number };
  alarms?: Record<string, number>;
}

/** What is wrong with a source in words, the worst alone. */
export function stateOf(source: Source): { type: 'success' | 'warning' | 'error'; text: string } {
  const kinds = Object.keys(source.alarms ?? {});
  if (source.status !== 'up') {
    return { type: 'error', text: source.reason ?? source.status };
  }
  if (kinds.includes('silent')) {
    return { type: 'error', text: 'silent' };
  }
  return kinds.length > 0
    ? { type: 'warning', text: kinds.join(', ').replaceAll('-', ' ') }
    : { type: 'success', text: 'up' };
}

/** How far the newest records lie in the past, in words. */
export function lagText(seconds: number | undefined): string {
  if (seconds === undefined) {
    return 'nothing came yet';
  }
  if (seconds < 120) {
    return `${seconds} s`;
  }
  if (seconds < 7200) {
    return `${Math.round(seconds / 60)} min`;
  }
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}
