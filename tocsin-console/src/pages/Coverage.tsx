import Flashbar from '@cloudscape-design/components/flashbar';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';
import { own } from '../api/client';
import { useLoaded } from '../parts/loaded';

interface CoverageRow {
  accountId: string;
  region: string;
  type: string;
  status: 'spoke' | 'partly' | 'silent';
  reason?: string;
  whatToDo?: string;
  findings?: number;
}

const ALL = { value: '', label: 'Any' };
const WORDS = [
  ALL,
  { value: 'silent', label: 'Silent' },
  { value: 'partly', label: 'Partly' },
  { value: 'spoke', label: 'Spoke' },
];
const MARKS = { spoke: 'success', partly: 'warning', silent: 'stopped' } as const;

export default function Coverage() {
  const loaded = useLoaded('coverage', () => own<{ coverage: CoverageRow[] }>('GET', 'coverage'));
  const [words, setWords] = useState('');
  const [state, setState] = useState('');
  const rows = (loaded.value?.coverage ?? []).filter(
    (row) =>
      (state === '' || row.status === state) &&
      `${row.type} ${row.accountId} ${row.region} ${row.reason ?? ''}`.toLowerCase().includes(words.toLowerCase()),
  );
  return (
    <SpaceBetween size="m">
      {loaded.error === undefined ? null : <Flashbar items={[{ type: 'error', content: loaded.error }]} />}
      <Table
        variant="full-page"
        stickyHeader
        wrapLines
        loading={loaded.value === undefined && loaded.error === undefined}
        loadingText="Coverage is loaded"
        ariaLabels={{ tableLabel: 'Coverage' }}
        header={
          <Header
            variant="h1"
            counter={`(${rows.length})`}
            description="What could have been found, what not, and why."
          >
            Coverage
          </Header>
        }
        filter={
          <SpaceBetween direction="horizontal" size="xs">
            <TextFilter
              filteringText={words}
              filteringAriaLabel="Find types"
              filteringPlaceholder="Find types, accounts, Regions, reasons"
              onChange={({ detail }) => {
                setWords(detail.filteringText);
              }}
            />
            <Select
              ariaLabel="State"
              selectedOption={WORDS.find((word) => word.value === state) ?? ALL}
              options={WORDS}
              onChange={({ detail }) => {
                setState(detail.selectedOption.value ?? '');
              }}
            />
          </SpaceBetween>
        }
        items={rows}
        columnDefinitions={[
          { id: 'type', header: 'Finding type', isRowHeader: true, minWidth: 260, cell: (row) => row.type },
          {
            id: 'state',
            header: 'State',
            minWidth: 110,
            cell: (row) => <StatusIndicator type={MARKS[row.status]}>{row.status}</StatusIndicator>,
          },
          { id: 'reason', header: 'Why', minWidth: 220, cell: (row) => row.reason ?? '' },
          { id: 'todo', header: 'What to do', minWidth: 220, cell: (row) => row.whatToDo ?? '' },
          { id: 'findings', header: 'Findings', minWidth: 90, cell: (row) => row.findings ?? 0 },
          { id: 'account', header: 'Account', minWidth: 130, cell: (row) => row.accountId },
          { id: 'region', header: 'Region', minWidth: 120, cell: (row) => row.region },
        ]}
        empty="No type matches."
      />
    </SpaceBetween>
  );
}
