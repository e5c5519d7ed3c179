import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { own } from '../../api/client';
import type { Retention } from '../../api/config';
import { Listing } from '../../parts/Listing';
import { useLoaded } from '../../parts/loaded';
import { age } from '../../parts/times';

interface Feed {
  name: string;
  kind?: string;
  category?: string;
  entries?: number;
  fetchedAt?: string;
  checkedAt?: string;
  trouble?: string;
  findings?: number;
  alone?: number;
  amongOthers?: number;
  archivedPercent?: number;
}

function kept(days: number, then: string): string {
  return days === 0 ? 'for ever' : `${days} days, then ${then}`;
}

/** Feeds with their ages and what they contribute, and how long things are kept. */
export default function Upkeep() {
  const loaded = useLoaded('feeds', () => own<{ days: number; feeds: Feed[] }>('GET', 'feeds'));
  const retention = useLoaded('retention', () => own<Retention>('GET', 'retention'));
  const [now] = useState(() => Date.now());
  return (
    <SpaceBetween size="l">
      <Listing
        title="Feeds"
        description={`Lists that the configuration names, and what all lists contributed to findings of ${loaded.value?.days ?? 90} days.`}
        loaded={loaded}
        items={loaded.value?.feeds ?? []}
        name={(one) => one.name}
        columns={[
          { id: 'name', header: 'List', isRowHeader: true, cell: (one) => one.name },
          {
            id: 'state',
            header: 'State',
            minWidth: 160,
            cell: (one) =>
              one.trouble !== undefined ? (
                <StatusIndicator type="error">{one.trouble}</StatusIndicator>
              ) : one.fetchedAt === undefined ? (
                ''
              ) : (
                <StatusIndicator type="success">{age(one.fetchedAt, now)} old</StatusIndicator>
              ),
          },
          { id: 'entries', header: 'Entries', cell: (one) => one.entries ?? '' },
          { id: 'findings', header: 'Findings', cell: (one) => one.findings ?? 0 },
          { id: 'alone', header: 'Alone', cell: (one) => one.alone ?? 0 },
          {
            id: 'archived',
            header: 'Archived',
            cell: (one) => (one.archivedPercent === undefined ? '' : `${one.archivedPercent} %`),
          },
        ]}
        empty="No feed is configured, and no list has had part in a finding."
      />
      <Container
        header={
          <Header variant="h2" description="Set by retention in the configuration of the service.">
            Retention
          </Header>
        }
      >
        {retention.value === undefined ? (
          <Box>{retention.error ?? 'Retention is loaded.'}</Box>
        ) : (
          <KeyValuePairs
            columns={4}
            items={[
              { label: 'Findings', value: kept(retention.value.findingDays, 'deleted') },
              {
                label: 'Ledger rows without trouble',
                value: kept(retention.value.ledgerDays, 'folded into one a day'),
              },
              { label: 'How much was analysed', value: kept(retention.value.usageDays, 'forgotten') },
              { label: 'Audit log', value: kept(retention.value.auditDays, 'deleted') },
            ]}
          />
        )}
      </Container>
    </SpaceBetween>
  );
}
