import { createContext, useContext, type ReactNode } from 'react';
import type { Session } from '../api/client';

const Context = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Context value={session}>{children}</Context>;
}

/** Who is signed in. */
export function useSession(): Session {
  const session = useContext(Context);
  if (session === null) {
    throw new Error('nobody is signed in');
  }
  return session;
}

/** Whether who is signed in may change things. */
export function useMayWrite(): boolean {
  return useSession().role === 'administrator';
}

/** The name that cases have for who is signed in. */
export function ownerName(session: Session): string {
  return session.principal.replace(/^user\//, '');
}
