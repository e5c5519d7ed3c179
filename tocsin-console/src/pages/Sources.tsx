import Box from '@cloudscape-design/components/box';
import Flashbar from '@cloudscape-design/components/flashbar';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { own } from '../api/client';
import { useLoaded } from '../parts/loaded';

const LIVE_MILLIS = 15_000;
const MOST_SHOWN = 200;

export interface Health {
  status: string;
  sources?: { name: string; status: string; reason?: string; lagSeconds?: number; alarms?: { message?: string }[] }[];
}

interface LedgerRow {
  source: string;
  kind: string;
  status: string;
  accepted: number;
  duplicates: number;
  ignored: number;
  rejected: number;
  message?: string;
}

interface Ledger {
  objects: LedgerRow[];
  totals: Record<string, number>;
}

export default function Sources() {
  const health = useLoaded('health', () => own<Health>('GET', 'health/ready'), LIVE_MILLIS);
  const ledger = useLoaded('ledger', () => own<Ledger>('GET', 'ledger'));
  const objects = ledger.value?.objects ?? [];
  const troubled = objects.filter((row) => row.status === 'partial' || row.status === 'refused' || row.rejected > 0);
  const totals = ledger.value?.totals ?? {};
  const trouble = health.error ?? ledger.error;
  return (
    <SpaceBetween size="l">
      {trouble === undefined ? null : <Flashbar items={[{ type: 'error', content: trouble }]} />}
      <Table
        header={<Header variant="h1">Sources</Header>}
        loading={health.value === undefined && health.error === undefined}
        loadingText="Sources are loaded"
        ariaLabels={{ tableLabel: 'Sources' }}
        items={health.value?.sources ?? []}
        columnDefinitions={[
          { id: 'name', header: 'Name', isRowHeader: true, cell: (source) => source.name },
          {
            id: 'status',
            header: 'Status',
            cell: (source) => (
              <StatusIndicator type={source.status === 'up' ? 'success' : 'error'}>
                {source.reason ?? source.status}
              </StatusIndicator>
            ),
          },
          {
            id: 'lag',
            header: 'Lag',
            cell: (source) => (source.lagSeconds === undefined ? '' : `${source.lagSeconds} s`),
          },
          {
            id: 'alarms',
            header: 'Alarms',
            cell: (source) => (source.alarms ?? []).map((alarm) => alarm.message ?? '').join('; '),
          },
        ]}
        empty="No source is configured."
      />
      <Table
        header={
          <Header
            variant="h2"
            counter={`(${troubled.length})`}
            description={`Records accepted ${totals['accepted'] ?? 0}, duplicates ${totals['duplicates'] ?? 0}, ignored ${totals['ignored'] ?? 0}, rejected ${totals['rejected'] ?? 0}, in ${objects.length} objects.`}
          >
            Objects with trouble
          </Header>
        }
        loading={ledger.value === undefined && ledger.error === undefined}
        loadingText="The ledger is loaded"
        ariaLabels={{ tableLabel: 'Objects with trouble' }}
        items={troubled.slice(0, MOST_SHOWN)}
        columnDefinitions={[
          { id: 'source', header: 'Object', isRowHeader: true, cell: (row) => row.source },
          { id: 'status', header: 'Status', cell: (row) => row.status },
          { id: 'rejected', header: 'Rejected', cell: (row) => row.rejected },
          { id: 'message', header: 'Message', cell: (row) => row.message ?? '' },
        ]}
        empty={<Box textAlign="center">Every object was read whole.</Box>}
      />
    </SpaceBetween>
  );
}
