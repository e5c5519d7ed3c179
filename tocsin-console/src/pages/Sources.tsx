import Box from '@cloudscape-design/components/box';
import Flashbar from '@cloudscape-design/components/flashbar';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { own } from '../api/client';
import { SourceState } from '../parts/SourceState';
import { amount } from '../parts/amounts';
import { useLoaded } from '../parts/loaded';
import { useSettings } from '../parts/settings';
import { lagText, type Health } from '../parts/sources';
import { shownTime } from '../parts/times';

const LIVE_MILLIS = 15_000;
const MOST_SHOWN = 200;

interface Alarm {
  source: string;
  kind: string;
  since: string;
  message: string;
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
  alarms?: Alarm[];
}

export default function Sources() {
  const health = useLoaded('health', () => own<Health>('GET', 'health/ready'), LIVE_MILLIS);
  const ledger = useLoaded('ledger', () => own<Ledger>('GET', 'ledger'));
  const settings = useSettings();
  const objects = ledger.value?.objects ?? [];
  const alarms = ledger.value?.alarms ?? [];
  const troubled = objects.filter((row) => row.status === 'partial' || row.status === 'refused' || row.rejected > 0);
  const totals = ledger.value?.totals ?? {};
  const trouble = health.error ?? ledger.error;
  return (
    <SpaceBetween size="l">
      {trouble === undefined ? null : <Flashbar items={[{ type: 'error', content: trouble }]} />}
      <Table
        wrapLines
        header={
          <Header variant="h1" description="Records are counted since the service started.">
            Sources
          </Header>
        }
        loading={health.value === undefined && health.error === undefined}
        loadingText="Sources are loaded"
        ariaLabels={{ tableLabel: 'Sources' }}
        items={health.value?.sources ?? []}
        columnDefinitions={[
          { id: 'name', header: 'Name', isRowHeader: true, cell: (source) => source.name },
          {
            id: 'status',
            header: 'Status',
            minWidth: 140,
            cell: (source) => <SourceState source={source} />,
          },
          { id: 'lag', header: 'Lag', minWidth: 110, cell: (source) => lagText(source.lagSeconds) },
          {
            id: 'last',
            header: 'Last object',
            minWidth: 170,
            cell: (source) => shownTime(source.lastObjectAt, settings.zone),
          },
          { id: 'accepted', header: 'Accepted', cell: (source) => amount(source.records?.accepted ?? 0) },
          {
            id: 'rejected',
            header: 'Rejected',
            cell: (source) => amount((source.records?.rejected ?? 0) + (source.messagesSetAside ?? 0)),
          },
          {
            id: 'behind',
            header: 'Waiting',
            cell: (source) => (source.recordsBehind === undefined ? '' : amount(source.recordsBehind)),
          },
          {
            id: 'alarms',
            header: 'Alarms',
            minWidth: 200,
            cell: (source) =>
              alarms
                .filter((alarm) => alarm.source === source.name)
                .map((alarm) => (
                  <div key={alarm.kind + alarm.message}>
                    {alarm.message} (since {shownTime(alarm.since, settings.zone)})
                  </div>
                )),
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
