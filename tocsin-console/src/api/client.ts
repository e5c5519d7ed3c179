/** What the server refused, in its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Session {
  principal: string;
  accountId: string;
  role: string;
  csrfToken: string;
  /** Seconds without a request after which the server ends the session. */
  idleSeconds: number;
}

let csrf = '';
let onSignedOut: () => void = () => undefined;

/** Calls `then` when the server says that nobody is signed in any more. */
export function whenSignedOut(then: () => void): void {
  onSignedOut = then;
}

/** Asks the server. `region` is the one that an operation of GuardDuty's API means. */
export async function request(method: string, path: string, body?: unknown, region?: string): Promise<unknown> {
  const headers: Record<string, string> = region === undefined ? {} : { 'X-Tocsin-Region': region };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (method !== 'GET') {
    headers['X-Tocsin-Csrf'] = csrf;
  }
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refused(0, 'The server does not answer.');
  }
  const text = await answer.text();
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  if (!answer.ok) {
    if (answer.headers.get('x-amzn-ErrorType') === 'MissingAuthenticationTokenException') {
      csrf = '';
      onSignedOut();
    }
    throw new Refused(
      answer.status,
      (parsed as { message?: string }).message ?? `The server answered ${answer.status}.`,
    );
  }
  return parsed;
}

/** What GuardDuty has no word for: `path` below /tocsin/v1/. */
export async function own<T>(method: string, path: string, body?: unknown, region?: string): Promise<T> {
  return (await request(method, `/tocsin/v1/${path}`, body, region)) as T;
}

/** Looks whether somebody is still signed in; the sign-in is shown if not. */
export async function checkSession(): Promise<void> {
  if ((await currentSession()) === null) {
    onSignedOut();
  }
}

/** An operation of GuardDuty's API, or of our own what is asked of one Region. */
export async function inRegion<T>(region: string, method: string, path: string, body?: unknown): Promise<T> {
  return (await request(method, path, body, region)) as T;
}

/** Who is signed in, or null. */
export async function currentSession(): Promise<Session | null> {
  try {
    return taken(await own<Session>('GET', 'session'));
  } catch (e) {
    if (e instanceof Refused && e.status === 401) {
      return null;
    }
    throw e;
  }
}

/** Signs in by access key or by user and password. */
export async function signIn(
  credentials: { accessKeyId: string; secretAccessKey: string } | { user: string; password: string },
): Promise<Session> {
  return taken(await own<Session>('POST', 'session', credentials));
}

export async function signOut(): Promise<void> {
  await own('DELETE', 'session');
  csrf = '';
}

function taken(session: Session): Session {
  csrf = session.csrfToken;
  return session;
}
