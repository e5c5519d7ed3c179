import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import '../../charts.css';
import type { Group } from '../../api/findings';
import { findingsBy } from '../../parts/route';
import type { Country, Tactic } from './matrix';

const MOST_TECHNIQUES = 5;
const MOST_COUNTRIES = 10;

/** Current findings by MITRE ATT&CK's tactics and techniques. */
export function Matrix({ tactics }: { tactics: readonly Tactic[] }) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Current findings by MITRE ATT&CK; what is empty was not found, which is not the same as not there."
        >
          Tactics
        </Header>
      }
    >
      <div className="matrix">
        {tactics.map((tactic) => (
          <section key={tactic.name} className={tactic.total === 0 ? 'none' : undefined} aria-label={tactic.name}>
            <Box variant="awsui-key-label">{tactic.name}</Box>
            {tactic.total === 0 ? (
              <Box color="text-body-secondary">none</Box>
            ) : (
              <>
                <Link fontSize="heading-l" href={findingsBy(tactic.types.map((type) => `type=${type}`))}>
                  <span aria-label={`${tactic.total} findings of ${tactic.name}`}>{tactic.total}</span>
                </Link>
                <ul>
                  {tactic.techniques.slice(0, MOST_TECHNIQUES).map((technique) => (
                    <li key={technique.id}>
                      <Link fontSize="body-s" href={findingsBy(technique.types.map((type) => `type=${type}`))}>
                        {technique.name}
                      </Link>
                      <Box variant="small">{technique.total}</Box>
                    </li>
                  ))}
                </ul>
                {tactic.techniques.length > MOST_TECHNIQUES ? (
                  <Box variant="small">{tactic.techniques.length - MOST_TECHNIQUES} more techniques</Box>
                ) : null}
              </>
            )}
          </section>
        ))}
      </div>
    </Container>
  );
}

const CALLS = 'service.action.awsApiCallAction.remoteIpDetails.country.countryName';
const CONNECTIONS = 'service.action.networkConnectionAction.remoteIpDetails.country.countryName';

/** Where remote parties are. */
export function Countries({ all }: { all: readonly Country[] }) {
  const most = Math.max(1, ...all.map((country) => country.calls + country.connections));
  return (
    <Table
      wrapLines
      header={<Header variant="h2">Countries of remote parties</Header>}
      ariaLabels={{ tableLabel: 'Countries of remote parties' }}
      items={all.slice(0, MOST_COUNTRIES)}
      trackBy="name"
      columnDefinitions={[
        { id: 'name', header: 'Country', isRowHeader: true, cell: (country) => country.name },
        {
          id: 'bar',
          header: 'Findings',
          minWidth: 110,
          cell: (country) => (
            <svg
              className="chart"
              viewBox="0 0 100 12"
              width="100%"
              height="12"
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <rect className="now" width={(100 * country.calls) / most} height="12" />
              <rect
                className="before"
                x={(100 * country.calls) / most}
                width={(100 * country.connections) / most}
                height="12"
              />
            </svg>
          ),
        },
        {
          id: 'calls',
          header: 'API calls',
          cell: (country) => <Count of={country.calls} filter={`${CALLS}=${country.name}`} />,
        },
        {
          id: 'connections',
          header: 'Connections',
          cell: (country) => <Count of={country.connections} filter={`${CONNECTIONS}=${country.name}`} />,
        },
      ]}
      empty={
        <Box textAlign="center" color="text-body-secondary">
          No country is known. Addresses have one once a table of places is loaded: tocsin lists update geography
        </Box>
      }
    />
  );
}

function Count({ of, filter }: { of: number; filter: string }) {
  return of === 0 ? <>0</> : <Link href={findingsBy([filter])}>{of}</Link>;
}

/** The identities that most findings tell of. */
export function Identities({ groups }: { groups: readonly Group[] }) {
  return (
    <Table
      wrapLines
      header={<Header variant="h2">Most affected identities</Header>}
      ariaLabels={{ tableLabel: 'Most affected identities' }}
      items={groups}
      columnDefinitions={[
        {
          id: 'identity',
          header: 'Identity',
          isRowHeader: true,
          cell: (group) => (
            <Link
              href={findingsBy([
                `resource.accessKeyDetails.userName=${group.value ?? ''}`,
                `accountId=${group.account ?? ''}`,
              ])}
            >
              {group.value}
            </Link>
          ),
        },
        { id: 'account', header: 'Account', cell: (group) => group.account },
        { id: 'total', header: 'Findings', cell: (group) => group.total },
      ]}
      empty={
        <Box textAlign="center" color="text-body-secondary">
          No finding names an identity.
        </Box>
      }
    />
  );
}
