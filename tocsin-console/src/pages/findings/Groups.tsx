import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { counts, type CaseFilter, type Criterion, type GroupBy } from '../../api/findings';
import { useLoaded } from '../../parts/loaded';
import { address } from '../../parts/route';
import { useSettings } from '../../parts/settings';
import { shownTime } from '../../parts/times';
import { filtersOf, groupName } from './groups';

/** Findings put together by their cause; each group leads to its findings. */
export function Groups({
  by,
  criterion,
  work,
  listed,
  header,
  filter,
}: {
  by: GroupBy;
  criterion: Criterion;
  work: CaseFilter;
  /** The address of the list with further filters. */
  listed: (filters: string[]) => string;
  header: ReactNode;
  filter: ReactNode;
}) {
  const { zone } = useSettings();
  const loaded = useLoaded(`${by} ${JSON.stringify([criterion, work])}`, () => counts(criterion, by, 1000, work));
  return (
    <Table
      variant="full-page"
      stickyHeader
      wrapLines
      loading={loaded.value === undefined && loaded.error === undefined}
      loadingText="Findings are counted"
      header={header}
      filter={filter}
      ariaLabels={{ tableLabel: 'Groups of findings' }}
      items={loaded.value ?? []}
      columnDefinitions={[
        {
          id: 'group',
          header: 'Cause',
          isRowHeader: true,
          minWidth: 280,
          cell: (group) => (
            <>
              <Link href={listed(filtersOf(by, group))}>{groupName(group)}</Link>
              {by === 'ATTACK_SEQUENCE' ? (
                <Box variant="small" display="block">
                  <Link href={address('findings', groupName(group))} fontSize="body-s">
                    The sequence itself
                  </Link>
                </Box>
              ) : null}
            </>
          ),
        },
        { id: 'account', header: 'Account', minWidth: 130, cell: (group) => group.account ?? 'all' },
        { id: 'total', header: 'Findings', minWidth: 90, cell: (group) => group.total.toLocaleString('en') },
        {
          id: 'updated',
          header: 'Latest change',
          minWidth: 170,
          cell: (group) => shownTime(new Date(group.updatedAt).toISOString(), zone),
        },
      ]}
      empty={
        loaded.error ?? (
          <Box textAlign="center" margin={{ vertical: 'm' }}>
            Nothing is left to be grouped. <Link href={address('coverage')}>See what is covered</Link>
          </Box>
        )
      }
    />
  );
}
