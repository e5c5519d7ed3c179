import { request } from './client';
import { OPERATIONS, type Operations } from './contract';

/**
 * Calls an operation of GuardDuty's API in `region`: the types of its request and answer are those of the table that the
 * server checks by.
 */
export async function guardduty<Name extends keyof Operations>(
  name: Name,
  input: Operations[Name]['input'],
  region: string,
): Promise<Operations[Name]['output']> {
  const { method, uri, query } = OPERATIONS[name];
  const left = new Map(Object.entries(input as Record<string, unknown>).filter(([, value]) => value !== undefined));
  const path = uri.replace(/\{(\w+)\}/g, (_, member: string) => {
    const value = String(left.get(member));
    left.delete(member);
    return encodeURIComponent(value);
  });
  const parameters = new URLSearchParams();
  for (const member of query) {
    const value = left.get(member);
    (Array.isArray(value) ? value : value === undefined ? [] : [value]).forEach((one) => {
      parameters.append(member, String(one));
    });
    left.delete(member);
  }
  const tail = parameters.toString();
  const body = method === 'GET' || method === 'DELETE' ? undefined : Object.fromEntries(left);
  return (await request(method, tail === '' ? path : `${path}?${tail}`, body, region)) as Operations[Name]['output'];
}

/** All pages of a list, one after the other. */
export async function pages<Answer extends { nextToken?: string | undefined }, One>(
  ask: (nextToken: string | undefined) => Promise<Answer>,
  of: (answer: Answer) => readonly One[],
): Promise<One[]> {
  const all: One[] = [];
  let token: string | undefined;
  do {
    const answer = await ask(token);
    all.push(...of(answer));
    token = answer.nextToken === '' ? undefined : answer.nextToken;
  } while (token !== undefined);
  return all;
}
