import { Mode, applyMode } from '@cloudscape-design/global-styles';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Zone } from './times';

/** What a person chose for this browser. */
export interface Settings {
  dark: boolean;
  zone: Zone;
  change: (to: { dark?: boolean; zone?: Zone }) => void;
}

const Context = createContext<Settings>({ dark: false, zone: 'local', change: () => undefined });
const KEY = 'tocsin.settings';

function stored(): { dark?: boolean; zone?: Zone } {
  try {
    return JSON.parse(window.localStorage.getItem(KEY) ?? '{}') as { dark?: boolean; zone?: Zone };
  } catch {
    return {};
  }
}

export function SettingsProvider({ children }: { children: ReactNode }) {
  const [settings, setSettings] = useState<{ dark: boolean; zone: Zone }>(() => ({
    dark: stored().dark ?? window.matchMedia('(prefers-color-scheme: dark)').matches,
    zone: stored().zone ?? 'local',
  }));
  useEffect(() => {
    applyMode(settings.dark ? Mode.Dark : Mode.Light);
    window.localStorage.setItem(KEY, JSON.stringify(settings));
  }, [settings]);
  const value = useMemo<Settings>(
    () => ({
      ...settings,
      change: (to) => {
        setSettings((before) => ({ ...before, ...to }));
      },
    }),
    [settings],
  );
  return <Context value={value}>{children}</Context>;
}

export function useSettings(): Settings {
  return useContext(Context);
}
