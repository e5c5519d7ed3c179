import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import type { Detector } from '../../api/config';
import type { GetUsageStatisticsRequest, Total, UsageStatistics } from '../../api/contract';
import { guardduty } from '../../api/guardduty';
import { Listing } from '../../parts/Listing';
import { RegionSelect, usePlaces } from '../../parts/Place';
import { useLoaded } from '../../parts/loaded';
import { address, go } from '../../parts/route';

type By = 'SUM_BY_FEATURES' | 'SUM_BY_ACCOUNT' | 'SUM_BY_DATA_SOURCE' | 'TOP_RESOURCES';

const BY: Record<By, string> = {
  SUM_BY_FEATURES: 'By feature',
  SUM_BY_ACCOUNT: 'By account',
  SUM_BY_DATA_SOURCE: 'By data source',
  TOP_RESOURCES: 'The largest resources',
};

const OPTIONS = (Object.keys(BY) as By[]).map((value) => ({ value, label: BY[value] }));

const FEATURES = [
  'FLOW_LOGS',
  'CLOUD_TRAIL',
  'DNS_LOGS',
  'S3_DATA_EVENTS',
  'EKS_AUDIT_LOGS',
  'EBS_MALWARE_PROTECTION',
  'RDS_LOGIN_EVENTS',
  'LAMBDA_NETWORK_LOGS',
  'EC2_RUNTIME_MONITORING',
] as const;

const SOURCES = ['FLOW_LOGS', 'CLOUD_TRAIL', 'DNS_LOGS', 'S3_LOGS'] as const;

interface Sum {
  of: string;
  total: Total | undefined;
}

async function sums(here: Detector, by: By): Promise<Sum[]> {
  const criteria: GetUsageStatisticsRequest['usageCriteria'] =
    by === 'SUM_BY_FEATURES' ? { features: [...FEATURES] } : { dataSources: [...SOURCES] };
  const answer = await guardduty(
    'GetUsageStatistics',
    { DetectorId: here.detectorId, usageStatisticsType: by, usageCriteria: criteria, maxResults: 50 },
    here.region,
  );
  const found: UsageStatistics = answer.usageStatistics ?? {};
  return [
    ...(found.sumByFeature ?? []).map((one) => ({ of: one.feature ?? '', total: one.total })),
    ...(found.sumByAccount ?? []).map((one) => ({ of: one.accountId ?? '', total: one.total })),
    ...(found.sumByDataSource ?? []).map((one) => ({ of: one.dataSource ?? '', total: one.total })),
    ...(found.topResources ?? []).map((one) => ({ of: one.resource ?? '', total: one.total })),
  ];
}

/** What GetUsageStatistics says, as it says it. */
export default function Usage({ query }: { query: URLSearchParams }) {
  const places = usePlaces(query.get('region'));
  const here = places.here;
  const [by, setBy] = useState<By>('SUM_BY_FEATURES');
  const loaded = useLoaded(`usage ${by} ${here?.detectorId ?? ''}`, () =>
    here === undefined ? Promise.resolve([]) : sums(here, by),
  );
  return (
    <Listing
      title="Usage"
      description="What GuardDuty would have counted over the last 30 days, as its own operation answers."
      loaded={places.loaded.error === undefined ? loaded : places.loaded}
      items={loaded.value ?? []}
      name={(one) => one.of}
      actions={
        <>
          <RegionSelect
            places={places}
            onChange={(region) => {
              go(address('config', 'usage', { region }));
            }}
          />
          <Select
            ariaLabel="Usage by"
            selectedOption={OPTIONS.find((one) => one.value === by) ?? null}
            options={OPTIONS}
            onChange={({ detail }) => {
              setBy(detail.selectedOption.value as By);
            }}
          />
        </>
      }
      columns={[
        { id: 'of', header: 'Of', isRowHeader: true, cell: (one) => one.of.replaceAll('_', ' ') },
        { id: 'amount', header: 'Amount', cell: (one) => one.total?.amount ?? '' },
        { id: 'unit', header: 'Unit', cell: (one) => one.total?.unit ?? '' },
      ]}
      empty={here === undefined ? 'Your account has no detector yet.' : 'Nothing was counted.'}
    />
  );
}
