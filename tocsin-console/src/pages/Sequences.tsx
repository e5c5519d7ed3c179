import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Flashbar from '@cloudscape-design/components/flashbar';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Table from '@cloudscape-design/components/table';
import { searchWhole, text, types, type Json } from '../api/findings';
import { useLoaded } from '../parts/loaded';
import { Severity } from '../parts/marks';
import { address } from '../parts/route';
import { useSettings } from '../parts/settings';
import { shownTime } from '../parts/times';
import { Graph } from './finding/Graph';
import { told } from './finding/facts';
import { story } from './finding/story';

const MOST = 50;

async function load(): Promise<Json[]> {
  const names = (await types()).map((info) => info.type).filter((type) => type.startsWith('AttackSequence:'));
  const page = await searchWhole(
    'export',
    { type: { equals: names }, 'service.archived': { equals: ['false'] } },
    { attributeName: 'updatedAt', orderBy: 'DESC' },
    MOST,
    '',
  );
  return page.findings;
}

/** Attack sequences, the latest drawn at once. */
export default function Sequences() {
  const { zone } = useSettings();
  const loaded = useLoaded('sequences', load);
  const all = loaded.value ?? [];
  const drawn = all[0] === undefined ? null : story(all[0]);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          counter={loaded.value === undefined ? '' : `(${all.length})`}
          description="Signals that together tell of one attack, over a day and over Regions."
        >
          Attack sequences
        </Header>
      }
    >
      <SpaceBetween size="l">
        {loaded.error === undefined ? null : (
          <Flashbar
            items={[{ type: 'error', content: loaded.error, buttonText: 'Try again', onButtonClick: loaded.again }]}
          />
        )}
        {loaded.value === undefined && loaded.error === undefined ? <Spinner size="large" /> : null}
        {loaded.value === undefined ? null : (
          <Table
            wrapLines
            ariaLabels={{ tableLabel: 'Attack sequences' }}
            items={all}
            trackBy={(one) => text(one, 'id')}
            columnDefinitions={[
              {
                id: 'severity',
                header: 'Severity',
                minWidth: 100,
                cell: (one) => <Severity value={Number(text(one, 'severity'))} />,
              },
              {
                id: 'title',
                header: 'Sequence',
                isRowHeader: true,
                minWidth: 280,
                cell: (one) => (
                  <>
                    <Link href={address('findings', text(one, 'id'))}>{text(one, 'title')}</Link>
                    <Box variant="small" color="text-body-secondary" display="block">
                      {told(text(one, 'description')).sentences}
                    </Box>
                  </>
                ),
              },
              { id: 'signals', header: 'Signals', minWidth: 80, cell: (one) => story(one)?.steps.length ?? 0 },
              { id: 'account', header: 'Account', minWidth: 130, cell: (one) => text(one, 'accountId') },
              {
                id: 'last',
                header: 'Last signal',
                minWidth: 170,
                cell: (one) => shownTime(text(one, 'service', 'eventLastSeen'), zone),
              },
            ]}
            empty={
              <Box textAlign="center">
                No attack sequence is current. <Link href={address('coverage')}>See what is covered</Link>
              </Box>
            }
          />
        )}
        {drawn === null ? null : (
          <>
            <Header variant="h2">The latest: {text(all[0], 'title')}</Header>
            <Graph story={drawn} />
          </>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}
