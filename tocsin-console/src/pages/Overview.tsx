import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Flashbar from '@cloudscape-design/components/flashbar';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { own } from '../api/client';
import { counts, search, types, type Criterion, type Group, type Row } from '../api/findings';
import { SourceState } from '../parts/SourceState';
import { amount } from '../parts/amounts';
import { useLive } from '../parts/live';
import { Priority, Severity, severityWord } from '../parts/marks';
import { address, findingsBy } from '../parts/route';
import { useSettings } from '../parts/settings';
import { lagText, type Health } from '../parts/sources';
import { filtersOf, groupName } from './findings/groups';
import { Countries, Identities, Matrix } from './overview/Pictures';
import { countries, matrix, type Country, type Tactic } from './overview/matrix';

const DAYS = 30;
const MOST_ROWS = 8;
const DAY = 86_400_000;
const WORDS = ['Critical', 'High', 'Medium', 'Low'] as const;
const FROM = { Critical: '9', High: '7', Medium: '4', Low: '1' } as const;
const BELOW = { Critical: '11', High: '9', Medium: '7', Low: '4' } as const;
const CURRENT: Criterion = { 'service.archived': { equals: ['false'] } };
/** The design system's colours of severity; the darkest would drown in the dark. */
const COLORS = { Critical: '#870303', High: '#ce3311', Medium: '#f89256', Low: '#f2cd54' };
const DARK_COLORS = { ...COLORS, Critical: '#d63f38', High: '#f46d45' };
const LEVELS = ['now', 'today', 'later'];

interface Shown {
  first: Row[];
  bySeverity: Group[];
  byDay: Group[];
  byType: Group[];
  byResource: Group[];
  byIdentity: Group[];
  tactics: Tactic[];
  countries: Country[];
  health: Health;
  today: number;
}

async function load(): Promise<Shown> {
  const [page, bySeverity, byDay, byType, byResource, byIdentity, callers, peers, known, health] = await Promise.all([
    search(CURRENT, { attributeName: 'severity', orderBy: 'DESC' }, 100, ''),
    counts(CURRENT, 'SEVERITY'),
    counts(CURRENT, 'DATE', 1000),
    counts(CURRENT, 'FINDING_TYPE', 1000),
    counts(CURRENT, 'RESOURCE', 8),
    counts(CURRENT, 'IDENTITY', 8),
    counts(CURRENT, 'CALLER_COUNTRY', 1000),
    counts(CURRENT, 'PEER_COUNTRY', 1000),
    types(),
    own<Health>('GET', 'health/ready'),
  ]);
  const first = page.findings
    .toSorted(
      (one, other) =>
        LEVELS.indexOf(one.priority?.level ?? 'later') - LEVELS.indexOf(other.priority?.level ?? 'later') ||
        other.severity - one.severity,
    )
    .slice(0, 8);
  return {
    first,
    bySeverity,
    byDay,
    byType: byType.slice(0, MOST_ROWS),
    byResource,
    byIdentity,
    tactics: matrix(byType, known),
    countries: countries(callers, peers),
    health,
    today: Math.floor(Date.now() / DAY),
  };
}

export default function Overview() {
  const loaded = useLive('overview', load);
  const shown = loaded.value;
  return (
    <ContentLayout header={<Header variant="h1">Overview</Header>}>
      <SpaceBetween size="l">
        {loaded.error === undefined ? null : (
          <Flashbar
            items={[{ type: 'error', content: loaded.error, buttonText: 'Try again', onButtonClick: loaded.again }]}
          />
        )}
        <Container header={<Header variant="h2">Current findings</Header>}>
          <ColumnLayout columns={4} variant="text-grid" minColumnWidth={120}>
            {WORDS.map((word) => (
              <div key={word}>
                <Box variant="awsui-key-label">{word}</Box>
                <Link
                  fontSize="display-l"
                  href={`#/findings?filter=${encodeURIComponent(`severity>=${FROM[word]}`)}&filter=${encodeURIComponent(`severity<${BELOW[word]}`)}`}
                >
                  {(shown?.bySeverity ?? [])
                    .filter((group) => severityWord(group.severity ?? 0) === word)
                    .reduce((sum, group) => sum + group.total, 0)}
                </Link>
              </div>
            ))}
          </ColumnLayout>
        </Container>
        <Table
          wrapLines
          loading={shown === undefined && loaded.error === undefined}
          loadingText="Findings are loaded"
          header={
            <Header
              variant="h2"
              description="By what followed, age and width of the list entry, role of the host and chains."
            >
              What to do first
            </Header>
          }
          items={shown?.first ?? []}
          trackBy="id"
          ariaLabels={{ tableLabel: 'What to do first' }}
          columnDefinitions={[
            { id: 'look', header: 'Look', cell: (row) => <Priority level={row.priority?.level} /> },
            { id: 'severity', header: 'Severity', cell: (row) => <Severity value={row.severity} /> },
            {
              id: 'title',
              header: 'Finding',
              isRowHeader: true,
              minWidth: 260,
              cell: (row) => <Link href={address('findings', row.id)}>{row.title}</Link>,
            },
            { id: 'why', header: 'Why', minWidth: 200, cell: (row) => (row.priority?.reasons ?? []).join('; ') },
            { id: 'account', header: 'Account', cell: (row) => `${row.accountId} ${row.region}` },
          ]}
          empty={<Nothing />}
        />
        <Container header={<Header variant="h2">Findings over time</Header>}>
          <Days groups={shown?.byDay ?? []} newest={shown?.today ?? 0} />
        </Container>
        {shown === undefined ? null : <Matrix tactics={shown.tactics} />}
        <ColumnLayout columns={2} minColumnWidth={320}>
          <Table
            wrapLines
            header={<Header variant="h2">Most frequent types</Header>}
            items={shown?.byType ?? []}
            ariaLabels={{ tableLabel: 'Most frequent types' }}
            columnDefinitions={[
              {
                id: 'type',
                header: 'Type',
                isRowHeader: true,
                cell: (group) => (
                  <Link href={address('findings', '', { filter: `type=${group.type ?? ''}` })}>{group.type}</Link>
                ),
              },
              { id: 'total', header: 'Findings', cell: (group) => group.total },
            ]}
            empty={<Nothing />}
          />
          <Table
            wrapLines
            header={<Header variant="h2">Most affected resources</Header>}
            items={shown?.byResource ?? []}
            ariaLabels={{ tableLabel: 'Most affected resources' }}
            columnDefinitions={[
              {
                id: 'resource',
                header: 'Resource',
                isRowHeader: true,
                cell: (group) => <Link href={findingsBy(filtersOf('RESOURCE', group))}>{groupName(group)}</Link>,
              },
              { id: 'account', header: 'Account', cell: (group) => group.account },
              { id: 'total', header: 'Findings', cell: (group) => group.total },
            ]}
            empty={<Nothing />}
          />
          <Identities groups={shown?.byIdentity ?? []} />
          <Countries all={shown?.countries ?? []} />
        </ColumnLayout>
        <Container
          header={
            <Header variant="h2" actions={<Link href={address('sources')}>All sources</Link>}>
              Sources
            </Header>
          }
        >
          <SpaceBetween size="xs">
            {(shown?.health.sources ?? []).map((source) => (
              <div key={source.name}>
                <SourceState source={source} named />
                <Box variant="small" color="text-body-secondary" display="inline">
                  {` lag ${lagText(source.lagSeconds)}, ${amount(source.records?.rejected ?? 0)} rejected`}
                </Box>
              </div>
            ))}
            {shown !== undefined && (shown.health.sources ?? []).length === 0 ? (
              <StatusIndicator type="info">No source is configured; findings come by ingest alone.</StatusIndicator>
            ) : null}
          </SpaceBetween>
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}

function Nothing() {
  return (
    <Box textAlign="center" color="text-body-secondary">
      Nothing. <Link href={address('coverage')}>See what is covered</Link>
    </Box>
  );
}

function Days({ groups, newest }: { groups: Group[]; newest: number }) {
  const { dark } = useSettings();
  const days = Array.from({ length: DAYS }, (_, index) => newest - DAYS + 1 + index);
  return (
    <BarChart
      stackedBars
      hideFilter
      height={220}
      xScaleType="categorical"
      xTitle="Day (UTC) of the latest change"
      yTitle="Findings"
      ariaLabel="Current findings by the day of their latest change and by severity"
      xTickFormatter={(day) => day.slice(5)}
      xDomain={days.map(dayText)}
      yDomain={[0, Math.max(5, ...days.map((day) => sum(groups, day, () => true)))]}
      series={WORDS.toReversed().map((word) => ({
        title: word,
        type: 'bar',
        color: (dark ? DARK_COLORS : COLORS)[word],
        data: days.map((day) => ({ x: dayText(day), y: sum(groups, day, (one) => severityWord(one) === word) })),
      }))}
      empty="No findings"
    />
  );
}

function sum(groups: Group[], day: number, of: (severity: number) => boolean): number {
  return groups
    .filter((group) => group.day === day && of(group.severity ?? 0))
    .reduce((all, group) => all + group.total, 0);
}

function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
