import AppLayout from '@cloudscape-design/components/app-layout';
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import Spinner from '@cloudscape-design/components/spinner';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import { Suspense, lazy, useEffect, useState, type ReactNode } from 'react';
import { currentSession, signOut, whenSignedOut, type Session } from './api/client';
import { Announced } from './parts/Announced';
import { CONFIG_PAGES } from './parts/configPages';
import { Idle } from './parts/idle';
import { listen, useLiveState, type State } from './parts/live';
import { address, go, useRoute, type Route } from './parts/route';
import { SessionProvider } from './parts/session';
import { useSettings } from './parts/settings';
import { SignIn } from './pages/SignIn';

const Overview = lazy(() => import('./pages/Overview'));
const Findings = lazy(() => import('./pages/Findings'));
const Finding = lazy(() => import('./pages/Finding'));
const Coverage = lazy(() => import('./pages/Coverage'));
const Sources = lazy(() => import('./pages/Sources'));
const Sequences = lazy(() => import('./pages/Sequences'));
const Entity = lazy(() => import('./pages/Entity'));
const Explain = lazy(() => import('./pages/Explain'));

export function App() {
  const [session, setSession] = useState<Session | null | undefined>(undefined);
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    whenSignedOut(() => {
      setSession(null);
    });
    currentSession().then(setSession, (e: unknown) => {
      setTrouble(e instanceof Error ? e.message : String(e));
      setSession(null);
    });
  }, []);
  if (session === undefined) {
    return <Spinner size="large" />;
  }
  return session === null ? (
    <SignIn
      trouble={trouble}
      onSignedIn={(fresh) => {
        setTrouble('');
        setSession(fresh);
      }}
    />
  ) : (
    <SessionProvider session={session}>
      <Shell
        session={session}
        onSignedOut={(why) => {
          setTrouble(why);
          setSession(null);
        }}
      />
    </SessionProvider>
  );
}

function Shell({ session, onSignedOut }: { session: Session; onSignedOut: (why: string) => void }) {
  const route = useRoute();
  const settings = useSettings();
  const [trouble, setTrouble] = useState('');
  const [navigation, setNavigation] = useState(window.innerWidth > 1000);
  const live = useLiveState();
  useEffect(() => listen(), []);
  const leave = (why: string) => {
    signOut().then(
      () => {
        onSignedOut(why);
      },
      (e: unknown) => {
        setTrouble(e instanceof Error ? e.message : String(e));
      },
    );
  };
  return (
    <>
      <div id="top">
        <TopNavigation
          identity={{ href: address('overview'), title: 'Tocsin' }}
          utilities={[
            {
              type: 'menu-dropdown',
              text: session.principal,
              description: `${session.role}, account ${session.accountId}`,
              iconName: 'user-profile',
              items: [
                { id: 'zone', text: settings.zone === 'UTC' ? 'Show local times' : 'Show times in UTC' },
                { id: 'dark', text: settings.dark ? 'Light' : 'Dark' },
                { id: 'out', text: 'Sign out' },
              ],
              onItemClick: ({ detail }) => {
                if (detail.id === 'zone') {
                  settings.change({ zone: settings.zone === 'UTC' ? 'local' : 'UTC' });
                } else if (detail.id === 'dark') {
                  settings.change({ dark: !settings.dark });
                } else {
                  leave('');
                }
              },
            },
          ]}
        />
      </div>
      <Announced />
      <Idle
        seconds={session.idleSeconds}
        onIdle={() => {
          leave(`You were signed out, as nothing was touched for ${Math.round(session.idleSeconds / 60)} minutes.`);
        }}
      />
      <AppLayout
        headerSelector="#top"
        ariaLabels={{
          navigation: 'Pages',
          navigationToggle: 'Open the list of pages',
          navigationClose: 'Close the list of pages',
          notifications: 'Notifications',
        }}
        toolsHide
        navigationOpen={navigation}
        onNavigationChange={({ detail }) => {
          setNavigation(detail.open);
        }}
        navigation={
          <SideNavigation
            activeHref={
              route.page === 'config'
                ? address('config', route.rest)
                : address(route.page === '' ? 'overview' : route.page)
            }
            header={{ href: address('overview'), text: 'Threat detection' }}
            onFollow={(event) => {
              event.preventDefault();
              go(event.detail.href);
            }}
            items={[
              { type: 'link', text: 'Overview', href: address('overview') },
              { type: 'link', text: 'Findings', href: address('findings') },
              { type: 'link', text: 'Attack sequences', href: address('sequences') },
              { type: 'link', text: 'Entities', href: address('entities') },
              { type: 'link', text: 'Explain', href: address('explain') },
              { type: 'link', text: 'Coverage', href: address('coverage') },
              { type: 'link', text: 'Sources', href: address('sources') },
              {
                type: 'section',
                text: 'Configuration',
                items: CONFIG_PAGES.map(({ name, text }) => ({ type: 'link', text, href: address('config', name) })),
              },
            ]}
          />
        }
        notifications={<Notices live={live} trouble={trouble} onRead={setTrouble} />}
        content={<Suspense fallback={<Spinner size="large" />}>{page(route)}</Suspense>}
      />
    </>
  );
}

function Notices({
  live,
  trouble,
  onRead,
}: {
  live: State;
  trouble: string;
  onRead: (trouble: string) => void;
}): ReactNode {
  const items: FlashbarProps.MessageDefinition[] = [];
  if (trouble !== '') {
    items.push({
      id: 'trouble',
      type: 'error',
      content: trouble,
      dismissible: true,
      onDismiss: () => {
        onRead('');
      },
    });
  }
  if (live === 'asking') {
    items.push({
      id: 'live',
      type: 'warning',
      content: 'The server does not tell of new findings at the moment. They are asked for every 15 seconds.',
    });
  }
  return items.length === 0 ? null : <Flashbar items={items} />;
}

function page(route: Route): ReactNode {
  switch (route.page) {
    case 'findings':
      return route.rest === '' ? <Findings query={route.query} /> : <Finding key={route.rest} id={route.rest} />;
    case 'coverage':
      return <Coverage />;
    case 'sources':
      return <Sources />;
    case 'config': {
      const Page = CONFIG_PAGES.find(({ name }) => name === route.rest)?.page;
      return Page === undefined ? <Overview /> : <Page key={route.rest} query={route.query} />;
    }
    case 'sequences':
      return <Sequences />;
    case 'entities':
      return <Entity name={route.rest} />;
    case 'explain':
      return <Explain query={route.query} />;
    default:
      return <Overview />;
  }
}
