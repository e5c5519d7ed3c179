import { lazy, type ComponentType } from 'react';

interface Page {
  /** Behind `#/config/`. */
  name: string;
  text: string;
  page: ComponentType<{ query: URLSearchParams }>;
}

/** The pages by which the service is set up, in the order of the list of pages. */
export const CONFIG_PAGES: readonly Page[] = [
  { name: 'detectors', text: 'Detectors', page: lazy(() => import('../pages/config/Detectors')) },
  { name: 'lists', text: 'Lists', page: lazy(() => import('../pages/config/Lists')) },
  { name: 'suppression', text: 'Suppression rules', page: lazy(() => import('../pages/config/Suppression')) },
  { name: 'rules', text: 'Detection rules', page: lazy(() => import('../pages/config/Rules')) },
  { name: 'destinations', text: 'Destinations', page: lazy(() => import('../pages/config/Destinations')) },
  { name: 'members', text: 'Members', page: lazy(() => import('../pages/config/Members')) },
  { name: 'access', text: 'Keys and users', page: lazy(() => import('../pages/config/Access')) },
  { name: 'usage', text: 'Usage', page: lazy(() => import('../pages/config/Usage')) },
  { name: 'upkeep', text: 'Feeds and retention', page: lazy(() => import('../pages/config/Upkeep')) },
];
