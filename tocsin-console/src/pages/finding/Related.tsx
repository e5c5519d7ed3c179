import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { search, text, type Json, type Row } from '../../api/findings';
import { useLoaded } from '../../parts/loaded';
import { Severity } from '../../parts/marks';
import { address } from '../../parts/route';
import { useSettings } from '../../parts/settings';
import { shownTime } from '../../parts/times';
import { traits } from './facts';

const MOST = 15;
/** By what findings are related, each with what is said of it. */
const BONDS: Record<string, string> = {
  'resource.accessKeyDetails.userName': 'same identity',
  'resource.instanceDetails.instanceId': 'same instance',
  'resource.lambdaDetails.functionName': 'same function',
  'resource.s3BucketDetails.name': 'same bucket',
  'service.action.awsApiCallAction.remoteIpDetails.ipAddressV4': 'same address',
  'service.action.networkConnectionAction.remoteIpDetails.ipAddressV4': 'same address',
};

interface Related {
  row: Row;
  bonds: Set<string>;
}

async function load(one: Json): Promise<Related[]> {
  const id = text(one, 'id');
  const found = new Map<string, Related>();
  const asked = traits(one).filter((trait) => BONDS[trait.attribute] !== undefined);
  const pages = await Promise.all(
    asked.map((trait) =>
      search(
        { [trait.attribute]: { equals: [trait.value] }, accountId: { equals: [text(one, 'accountId')] } },
        { attributeName: 'updatedAt', orderBy: 'DESC' },
        MOST,
        '',
      ),
    ),
  );
  pages.forEach((page, index) => {
    for (const row of page.findings.filter((other) => other.id !== id)) {
      const related = found.get(row.id) ?? { row, bonds: new Set<string>() };
      related.bonds.add(BONDS[asked[index]?.attribute ?? ''] ?? '');
      found.set(row.id, related);
    }
  });
  return [...found.values()].sort(
    (one_, other) => other.bonds.size - one_.bonds.size || other.row.severity - one_.row.severity,
  );
}

/** Findings of the same identity, resource or address. */
export function RelatedFindings({ one }: { one: Json }) {
  const { zone } = useSettings();
  const loaded = useLoaded(text(one, 'id'), () => load(one));
  const related = loaded.value ?? [];
  return (
    <Table
      wrapLines
      loading={loaded.value === undefined && loaded.error === undefined}
      loadingText="Related findings are loaded"
      header={
        <Header variant="h2" counter={`(${related.length})`} description="Of the same identity, resource or address.">
          Related findings
        </Header>
      }
      ariaLabels={{ tableLabel: 'Related findings' }}
      items={related}
      trackBy={(item) => item.row.id}
      columnDefinitions={[
        { id: 'severity', header: 'Severity', minWidth: 100, cell: ({ row }) => <Severity value={row.severity} /> },
        {
          id: 'title',
          header: 'Finding',
          isRowHeader: true,
          minWidth: 260,
          cell: ({ row }) => <Link href={address('findings', row.id)}>{row.title}</Link>,
        },
        { id: 'bond', header: 'What they share', minWidth: 140, cell: ({ bonds }) => [...bonds].join(', ') },
        { id: 'last', header: 'Last seen', minWidth: 170, cell: ({ row }) => shownTime(row.lastSeen, zone) },
      ]}
      empty={loaded.error ?? 'No other finding of the same identity, resource or address.'}
    />
  );
}
