import Box from '@cloudscape-design/components/box';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { usage, type Used } from '../../api/config';
import { Listing } from '../../parts/Listing';
import { useLoaded } from '../../parts/loaded';
import { amount, bytes } from '../../parts/amounts';

const BY = [
  { value: 'feature', label: 'By feature' },
  { value: 'source', label: 'By source' },
  { value: 'resource', label: 'By resource' },
  { value: 'day', label: 'By day' },
];

const MOST_SHOWN = 500;

function part(row: Used): string {
  return row.day ?? row.source ?? row.resource ?? '';
}

/** What was analysed in the last 30 days, and what GuardDuty's list price of it would have been. */
export default function Usage() {
  const [by, setBy] = useState('feature');
  const loaded = useLoaded(`usage ${by}`, () => usage(by));
  const found = loaded.value;
  const rows = (found?.usage ?? []).toSorted((a, b) => Number(b.wouldHavePaidUsd) - Number(a.wouldHavePaidUsd));
  return (
    <Listing
      title="Usage"
      description={
        found === undefined ? (
          'What was analysed in the last 30 days.'
        ) : (
          <>
            {`What was analysed from ${found.since} to ${found.until}. `}
            {found.wouldHavePaidUsd === undefined ? null : (
              <Box variant="span" fontWeight="bold">{`GuardDuty would have cost ${found.wouldHavePaidUsd} USD. `}</Box>
            )}
            {`By ${found.prices.list}, ${found.prices.date}. ${found.prices.note}`}
            {rows.length > MOST_SHOWN ? ` The dearest ${MOST_SHOWN} of ${rows.length} are shown.` : ''}
          </>
        )
      }
      loaded={loaded}
      items={rows.slice(0, MOST_SHOWN)}
      name={(one) => [one.accountId, one.region, one.feature, part(one)].join(' ')}
      actions={
        <Select
          ariaLabel="Usage by"
          selectedOption={BY.find((one) => one.value === by) ?? null}
          options={BY}
          onChange={({ detail }) => {
            setBy(detail.selectedOption.value ?? 'feature');
          }}
        />
      }
      columns={[
        { id: 'feature', header: 'Feature', isRowHeader: true, cell: (one) => one.feature.replaceAll('_', ' ') },
        ...(by === 'feature'
          ? []
          : [{ id: 'part', header: by.charAt(0).toUpperCase() + by.slice(1), minWidth: 160, cell: part }]),
        { id: 'account', header: 'Account', minWidth: 130, cell: (one) => one.accountId },
        { id: 'region', header: 'Region', cell: (one) => one.region },
        { id: 'records', header: 'Records', cell: (one) => amount(one.records) },
        { id: 'bytes', header: 'Bytes', cell: (one) => bytes(one.bytes) },
        { id: 'exempt', header: 'Of which exempt', cell: (one) => bytes(one.exemptBytes) },
        { id: 'usd', header: 'Would have cost, USD', cell: (one) => one.wouldHavePaidUsd ?? '' },
      ]}
      empty="Nothing was analysed in the last 30 days."
    />
  );
}
