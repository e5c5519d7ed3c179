import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Flashbar from '@cloudscape-design/components/flashbar';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { archive, at, finding, list, text, type Json, type Level } from '../api/findings';
import { CaseWork } from '../parts/CaseWork';
import { useLoaded } from '../parts/loaded';
import { Priority, Severity } from '../parts/marks';
import { address } from '../parts/route';
import { useSettings } from '../parts/settings';
import { shownTime } from '../parts/times';

export default function Finding({ id }: { id: string }) {
  const loaded = useLoaded(id, () => finding(id));
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const one = loaded.value;
  if (one === undefined) {
    return loaded.error === undefined ? (
      <Spinner size="large" />
    ) : (
      <Flashbar
        items={[{ type: 'error', content: loaded.error, buttonText: 'Try again', onButtonClick: loaded.again }]}
      />
    );
  }
  const archived = at(one, 'service', 'archived') === true;
  const change = async () => {
    setBusy(true);
    try {
      await archive([text(one, 'id')], !archived);
      setTrouble('');
    } catch (e) {
      setTrouble(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
    loaded.again();
  };
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={text(one, 'type')}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button loading={busy} onClick={() => void change()}>
                {archived ? 'Take back' : 'Archive'}
              </Button>
            </SpaceBetween>
          }
        >
          {text(one, 'title')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {trouble === '' ? null : <Flashbar items={[{ type: 'error', content: trouble }]} />}
        <What one={one} archived={archived} />
        <Container header={<Header variant="h2">What to do now</Header>}>
          <Box variant="p">{text(one, 'tocsin', 'nextSteps')}</Box>
        </Container>
        <CaseWork id={text(one, 'id')} updatedAt={text(one, 'updatedAt')} />
        <Why one={one} />
        <Evidence one={one} />
        <ExpandableSection headerText="Raw JSON" variant="container">
          <pre className="raw">{JSON.stringify(one, null, 2)}</pre>
        </ExpandableSection>
      </SpaceBetween>
    </ContentLayout>
  );
}

function What({ one, archived }: { one: Json; archived: boolean }) {
  const { zone } = useSettings();
  const level = text(one, 'tocsin', 'priority', 'level');
  const technique = text(one, 'tocsin', 'technique');
  const remote = remoteParty(one);
  const sequence = text(one, 'associatedAttackSequenceArn');
  return (
    <Container header={<Header variant="h2">What happened</Header>}>
      <SpaceBetween size="m">
        <Box variant="p">{text(one, 'description')}</Box>
        <KeyValuePairs
          columns={4}
          minColumnWidth={150}
          items={[
            { label: 'Severity', value: <Severity value={Number(at(one, 'severity'))} /> },
            {
              label: 'Look',
              value: (
                <>
                  <Priority level={isLevel(level) ? level : undefined} />{' '}
                  {list(one, 'tocsin', 'priority', 'reasons').map(String).join('; ')}
                </>
              ),
            },
            { label: 'Account and Region', value: `${text(one, 'accountId')} ${text(one, 'region')}` },
            {
              label: 'State',
              value: (
                <StatusIndicator type={archived ? 'stopped' : 'warning'}>
                  {archived ? 'archived' : 'current'}
                </StatusIndicator>
              ),
            },
            { label: 'First seen', value: shownTime(text(one, 'service', 'eventFirstSeen'), zone) },
            { label: 'Last seen', value: shownTime(text(one, 'service', 'eventLastSeen'), zone) },
            { label: 'Count', value: text(one, 'service', 'count') },
            {
              label: 'MITRE ATT&CK',
              value:
                technique === '' ? (
                  'none'
                ) : (
                  <Link external href={`https://attack.mitre.org/techniques/${technique.replace('.', '/')}/`}>
                    {technique}
                  </Link>
                ),
            },
            { label: 'Resource', value: resource(one) },
            ...(remote === '' ? [] : [{ label: 'Remote party', value: remote }]),
            ...(sequence === ''
              ? []
              : [
                  {
                    label: 'Part of',
                    value: <Link href={address('findings', sequence.split('/').at(-1))}>an attack sequence</Link>,
                  },
                ]),
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

function isLevel(level: string): level is Level {
  return level === 'now' || level === 'today' || level === 'later';
}

function resource(one: Json): string {
  const user = text(one, 'resource', 'accessKeyDetails', 'userName');
  const instance = text(one, 'resource', 'instanceDetails', 'instanceId');
  const names = [user, instance, text(one, 'resource', 'lambdaDetails', 'functionName')].filter((name) => name !== '');
  return `${text(one, 'resource', 'resourceType')} ${names.join(', ')}`;
}

const REMOTE = ['awsApiCallAction', 'networkConnectionAction', 'kubernetesApiCallAction', 'rdsLoginAttemptAction'];

function remoteParty(one: Json): string {
  for (const action of REMOTE) {
    const details = at(one, 'service', 'action', action, 'remoteIpDetails');
    if (details !== undefined) {
      return [
        text(details, 'ipAddressV4') || text(details, 'ipAddressV6'),
        text(details, 'organization', 'asnOrg'),
        text(details, 'country', 'countryName'),
      ]
        .filter((part) => part !== '')
        .join(', ');
    }
  }
  return text(one, 'service', 'action', 'dnsRequestAction', 'domain');
}

/** Members of the evidence beside its records: the list entry, or the habit against what came. */
function Why({ one }: { one: Json }) {
  const evidence = (at(one, 'tocsin', 'evidence') ?? {}) as Json;
  const items = Object.entries(evidence)
    .filter(([name]) => name !== 'records' && name !== 'trigger')
    .flatMap(([name, value]) => flat(name, value))
    .slice(0, 60);
  return items.length === 0 ? null : (
    <Container header={<Header variant="h2">Why it fired</Header>}>
      <KeyValuePairs columns={2} items={items.map(([label, value]) => ({ label, value }))} />
    </Container>
  );
}

function flat(name: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) {
    return value.some((part) => typeof part === 'object')
      ? value.flatMap((part, index) => flat(`${name} ${index + 1}`, part))
      : [[name, value.map(String).join(', ')]];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value as Json).flatMap(([member, inner]) => flat(`${name} ${member}`, inner));
  }
  return [[name, String(value)]];
}

function Evidence({ one }: { one: Json }) {
  const { zone } = useSettings();
  const trigger =
    text(one, 'tocsin', 'evidence', 'trigger', 'eventID') || text(one, 'tocsin', 'evidence', 'trigger', 'time');
  const records = list(one, 'tocsin', 'evidence', 'records');
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${records.length})`} description="The first and last records that led to it.">
          Evidence
        </Header>
      }
      ariaLabels={{ tableLabel: 'Evidence' }}
      wrapLines
      items={records}
      columnDefinitions={[
        {
          id: 'time',
          header: 'Time',
          isRowHeader: true,
          minWidth: 170,
          cell: (record) => (
            <>
              {shownTime(text(record, 'time'), zone)}
              {trigger !== '' && (text(record, 'eventID') || text(record, 'time')) === trigger ? (
                <Box variant="small" display="block">
                  made it a finding
                </Box>
              ) : null}
            </>
          ),
        },
        {
          id: 'fields',
          header: 'Fields that mattered',
          minWidth: 300,
          cell: (record) => (
            <>
              {Object.entries((at(record, 'fields') ?? {}) as Json).map(([name, value]) => (
                <div key={name}>
                  <Box variant="span" color="text-body-secondary">
                    {name}
                  </Box>{' '}
                  {String(value)}
                </div>
              ))}
            </>
          ),
        },
        {
          id: 'source',
          header: 'Record',
          minWidth: 220,
          cell: (record) => `${text(record, 'source')} at ${text(record, 'position')}`,
        },
      ]}
      empty="The finding has no records of its own."
    />
  );
}
