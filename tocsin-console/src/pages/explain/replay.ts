import { own } from '../../api/client';

export interface Condition {
  met: boolean;
  text: string;
  found: string;
}

export interface Line {
  at: string;
  count: number;
  last: string;
  text: string;
  firsts: string[];
  findings: string[];
}

/** Conditions of a type, or all that somebody did. */
export interface Answer {
  conditions?: Condition[];
  lines?: Line[];
  linesLeftOut?: number;
  recordsLeftOut?: number;
}

/** A question that the server answers by reading logs again. */
export interface Replay {
  id?: string;
  who: string;
  type?: string;
  from: string;
  until: string;
  state: 'READING' | 'DONE' | 'FAILED' | 'STOPPED';
  bytes: number;
  bytesDone: number;
  objects: number;
  objectsDone: number;
  records: number;
  notRead: string[];
  message?: string;
  answer?: Answer;
}

export function askReplay(question: { type: string; who: string; at: string; days: number }): Promise<Replay> {
  return own('POST', 'replays', {
    who: question.who.trim(),
    days: question.days,
    ...(question.type === '' ? {} : { type: question.type }),
    ...(question.at.trim() === '' ? {} : { at: question.at.trim() }),
  });
}

export async function replayOf(id: string): Promise<Replay> {
  return { ...(await own<Replay>('GET', `replays/${id}`)), id };
}

export async function stopReplay(id: string): Promise<Replay> {
  return { ...(await own<Replay>('DELETE', `replays/${id}`)), id };
}

/** How much is read, 0 to 100. */
export function percent(replay: Replay): number {
  return replay.bytes === 0 ? 0 : Math.min(100, Math.round((100 * replay.bytesDone) / replay.bytes));
}
