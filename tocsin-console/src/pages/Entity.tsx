import Alert from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Flashbar from '@cloudscape-design/components/flashbar';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { text } from '../api/findings';
import { Entity as EntityName } from '../parts/entity';
import { useLoaded } from '../parts/loaded';
import { Priority, Severity } from '../parts/marks';
import { described } from '../parts/records';
import { address, go } from '../parts/route';
import { useSettings } from '../parts/settings';
import { shownTime } from '../parts/times';
import { entity, marked, type Known, type Profile } from './entity/marked';

const KINDS: Record<string, string> = {
  identity: 'Identity',
  address: 'Address',
  host: 'Host',
  resource: 'Resource',
  domain: 'Domain',
};
const NAMES: Record<string, string> = {
  accessKeyIds: 'Access keys',
  accounts: 'Accounts',
  addresses: 'Addresses it came from',
  arns: 'ARNs',
  instances: 'Instances',
  principalIds: 'Principal ids',
  userNames: 'Users and roles',
};

/** All that is known of somebody or something; without a name, the question for one. */
export default function Entity({ name }: { name: string }) {
  return name === '' ? <Ask /> : <Shown key={name} name={name} />;
}

function Ask() {
  const [name, setName] = useState('');
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="What is known of an identity, address, host, function or bucket.">
          Entities
        </Header>
      }
    >
      <Container>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== '') {
              go(address('entities', name.trim()));
            }
          }}
        >
          <SpaceBetween size="s">
            <Input
              ariaLabel="Name"
              placeholder="ARN, user, access key, address, instance, function or bucket"
              value={name}
              onChange={({ detail }) => {
                setName(detail.value);
              }}
            />
            <Button variant="primary" formAction="submit">
              Show
            </Button>
          </SpaceBetween>
        </form>
      </Container>
    </ContentLayout>
  );
}

function Shown({ name }: { name: string }) {
  const loaded = useLoaded(name, () => entity(name));
  const known = loaded.value;
  if (known === undefined) {
    return loaded.error === undefined ? (
      <Spinner size="large" />
    ) : (
      <ContentLayout header={<Header variant="h1">{name}</Header>}>
        <Flashbar
          items={[{ type: 'error', content: loaded.error, buttonText: 'Try again', onButtonClick: loaded.again }]}
        />
      </ContentLayout>
    );
  }
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={known.findings.length === 0 ? '' : KINDS[known.kind]}>
          {name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Alert type="info" header="What is shown, and what is not">
          Tocsin keeps no copy of the logs. Shown are the findings, the records they rest on
          {known.kind === 'identity' ? ' and the learned profile' : ''}. All that it did stands in the logs:
          <Box variant="code" display="block" padding={{ top: 'xs' }}>
            {`tocsin explain --entity '${name.replaceAll("'", `'\\''`)}' PATH-OF-THE-LOGS`}
          </Box>
          <Link href={address('explain', '', { who: name, at: known.lastSeen ?? '' })}>
            Let the server read the logs that still lie in its folders and buckets
          </Link>
        </Alert>
        <Summary known={known} />
        <Records known={known} />
        <Findings known={known} />
        {(known.profiles ?? []).map((profile) => (
          <ProfileOf key={`${profile.accountId} ${profile.principal}`} profile={profile} />
        ))}
      </SpaceBetween>
    </ContentLayout>
  );
}

function Summary({ known }: { known: Known }) {
  const { zone } = useSettings();
  if (known.findings.length === 0) {
    return (
      <Container>
        <Box variant="p">
          {(known.profiles ?? []).length > 0
            ? 'No finding tells of it; its profile is below.'
            : 'Nothing is known of it: no finding, no record, no profile. That is only good news where something could have been found: '}
          {(known.profiles ?? []).length > 0 ? null : <Link href={address('coverage')}>see what is covered</Link>}
        </Box>
      </Container>
    );
  }
  return (
    <Container header={<Header variant="h2">In short</Header>}>
      <KeyValuePairs
        columns={4}
        minColumnWidth={160}
        items={[
          { label: 'First seen in a finding', value: shownTime(known.firstSeen, zone) },
          { label: 'Last seen in a finding', value: shownTime(known.lastSeen, zone) },
          { label: 'Findings', value: known.findings.length },
          { label: 'Records known', value: known.records.length + known.recordsLeftOut },
          ...Object.entries(known.names).map(([kind, values]) => ({
            label: NAMES[kind] ?? kind,
            value: values
              .slice(0, 12)
              .map((value) => <div key={value}>{kind === 'accounts' ? value : <EntityName name={value} />}</div>),
          })),
        ]}
      />
    </Container>
  );
}

function Records({ known }: { known: Known }) {
  const { zone } = useSettings();
  const lines = marked(known);
  return (
    <Table
      wrapLines
      header={
        <Header
          variant="h2"
          counter={`(${lines.length})`}
          description={
            known.recordsLeftOut > 0
              ? `In order; ${known.recordsLeftOut} later ones are left out.`
              : 'In order, with what was new or is not usual marked.'
          }
        >
          What it did, as far as findings tell
        </Header>
      }
      ariaLabels={{ tableLabel: 'What it did' }}
      items={lines}
      trackBy="key"
      columnDefinitions={[
        {
          id: 'time',
          header: 'Time',
          isRowHeader: true,
          minWidth: 170,
          cell: (line) => shownTime(text(line.record, 'time'), zone),
        },
        {
          id: 'what',
          header: 'What',
          minWidth: 240,
          cell: (line) => (
            <>
              {described(line.record)}
              <Box variant="small" color="text-body-secondary" display="block">
                {line.beside}
              </Box>
            </>
          ),
        },
        {
          id: 'marks',
          header: 'Unusual',
          minWidth: 160,
          cell: (line) => (
            <SpaceBetween size="xxs">
              {line.marks.map((mark) => (
                <Badge key={mark} color="severity-medium">
                  {mark}
                </Badge>
              ))}
            </SpaceBetween>
          ),
        },
        {
          id: 'findings',
          header: 'Evidence of',
          minWidth: 220,
          cell: (line) =>
            line.findings.map((row) => (
              <div key={row.id} className="wrap">
                <Link href={address('findings', row.id)}>{row.type}</Link>
              </div>
            )),
        },
      ]}
      empty="No finding rests on a record of it."
    />
  );
}

function Findings({ known }: { known: Known }) {
  const { zone } = useSettings();
  return (
    <Table
      wrapLines
      header={
        <Header variant="h2" counter={`(${known.findings.length})`}>
          Findings
        </Header>
      }
      ariaLabels={{ tableLabel: 'Findings' }}
      items={known.findings}
      trackBy="id"
      columnDefinitions={[
        { id: 'severity', header: 'Severity', minWidth: 100, cell: (row) => <Severity value={row.severity} /> },
        { id: 'look', header: 'Look', cell: (row) => <Priority level={row.priority?.level} /> },
        {
          id: 'title',
          header: 'Finding',
          isRowHeader: true,
          minWidth: 260,
          cell: (row) => (
            <>
              <Link href={address('findings', row.id)}>{row.title}</Link>
              {row.archived ? ' (archived)' : ''}
            </>
          ),
        },
        { id: 'account', header: 'Account', minWidth: 130, cell: (row) => `${row.accountId} ${row.region}` },
        { id: 'last', header: 'Last seen', minWidth: 170, cell: (row) => shownTime(row.lastSeen, zone) },
      ]}
      empty="No finding tells of it."
    />
  );
}

function ProfileOf({ profile }: { profile: Profile }) {
  return (
    <ExpandableSection
      variant="container"
      headerText="What it usually does"
      headerDescription={`Active on ${profile.activeDays} of the last 32 days, last on ${profile.lastDay}; account ${profile.accountId}.`}
    >
      <Table
        variant="borderless"
        wrapLines
        ariaLabels={{ tableLabel: 'Profile' }}
        items={[
          ...profile.usual.map((one) => ({ ...one, said: `${one.days} of 30 days, ${one.label.toLowerCase()}` })),
          ...profile.disputed.map((one) => ({
            ...one,
            said: `not taken as usual until ${one.until}: it led to a finding`,
          })),
        ]}
        columnDefinitions={[
          { id: 'feature', header: 'Feature', cell: (one) => one.feature },
          { id: 'text', header: 'Value', isRowHeader: true, minWidth: 200, cell: (one) => one.text },
          { id: 'said', header: 'Used', minWidth: 160, cell: (one) => one.said },
        ]}
        empty="Nothing is learned yet."
      />
    </ExpandableSection>
  );
}
