import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { at, list, text, type Json, type Level, type TypeInfo } from '../../api/findings';
import { Entity } from '../../parts/entity';
import { Priority, Severity } from '../../parts/marks';
import { address } from '../../parts/route';
import { useSettings } from '../../parts/settings';
import { shownTime } from '../../parts/times';
import { action, actors, remoteParties, resources, told, type Named } from './facts';

/** What happened in two sentences, and who, what, where, when. */
export function Facts({ one, type, archived }: { one: Json; type: TypeInfo | undefined; archived: boolean }) {
  return (
    <Container header={<Header variant="h2">What happened</Header>}>
      <SpaceBetween size="m">
        <Told one={one} />
        <KeyValuePairs
          columns={4}
          minColumnWidth={150}
          items={[...marks(one, archived), { label: 'MITRE ATT&CK', value: <Technique one={one} type={type} /> }]}
        />
        <Circumstances one={one} />
      </SpaceBetween>
    </Container>
  );
}

function Told({ one }: { one: Json }) {
  const { sentences, observed } = told(text(one, 'description'));
  return (
    <Box>
      <Box variant="p">{sentences}</Box>
      {observed.length === 0 ? null : (
        <ul>
          {observed.map((line) => (
            <li key={line} className="wrap">
              {line}
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
}

function marks(one: Json, archived: boolean): KeyValuePairsProps.Item[] {
  const level = text(one, 'tocsin', 'priority', 'level');
  return [
    { label: 'Severity', value: <Severity value={Number(at(one, 'severity'))} /> },
    {
      label: 'Look',
      value: (
        <>
          <Priority level={isLevel(level) ? level : undefined} />
          <Box variant="small" display="block">
            {list(one, 'tocsin', 'priority', 'reasons').map(String).join('; ')}
          </Box>
        </>
      ),
    },
    {
      label: 'State',
      value: (
        <>
          <StatusIndicator type={archived ? 'stopped' : 'warning'}>{archived ? 'archived' : 'current'}</StatusIndicator>
          {text(one, 'service', 'userFeedback') === '' ? null : (
            <Box variant="small" display="block">
              judged {text(one, 'service', 'userFeedback').toLowerCase().replace('_', ' ')}
            </Box>
          )}
        </>
      ),
    },
  ];
}

function isLevel(level: string): level is Level {
  return level === 'now' || level === 'today' || level === 'later';
}

function Technique({ one, type }: { one: Json; type: TypeInfo | undefined }) {
  const technique = text(one, 'tocsin', 'technique') || (type?.technique ?? '');
  return (
    <>
      {type?.tactic ?? ''}
      <Box variant="small" display="block">
        {technique === '' ? (
          'no single technique'
        ) : (
          <Link
            external
            externalIconAriaLabel="Opens in a new tab"
            href={`https://attack.mitre.org/techniques/${technique.replace('.', '/')}/`}
          >
            {type?.technique === technique ? (type.techniqueName ?? technique) : technique}
          </Link>
        )}
      </Box>
    </>
  );
}

function Circumstances({ one }: { one: Json }) {
  const { zone } = useSettings();
  const sequence = text(one, 'associatedAttackSequenceArn');
  const done = action(one);
  const count = text(one, 'service', 'count');
  return (
    <KeyValuePairs
      columns={4}
      minColumnWidth={150}
      items={[
        { label: 'Who', value: <Names of={[...actors(one), ...remoteParties(one)]} none="nobody is named" /> },
        {
          label: 'What',
          value: (
            <>
              {done === '' ? text(one, 'type') : done}
              <Box variant="small" display="block">
                counted {count === '' ? '1' : count} times
              </Box>
              {sequence === '' ? null : (
                <Link href={address('findings', sequence.split('/').at(-1))}>part of an attack sequence</Link>
              )}
            </>
          ),
        },
        {
          label: 'Where',
          value: (
            <>
              <div>
                account {text(one, 'accountId')}, {text(one, 'region')}
              </div>
              <Names of={resources(one)} none={text(one, 'resource', 'resourceType')} />
            </>
          ),
        },
        {
          label: 'When',
          value: (
            <>
              <div>first {shownTime(text(one, 'service', 'eventFirstSeen') || text(one, 'createdAt'), zone)}</div>
              <div>last {shownTime(text(one, 'service', 'eventLastSeen') || text(one, 'updatedAt'), zone)}</div>
            </>
          ),
        },
      ]}
    />
  );
}

function Names({ of, none }: { of: readonly Named[]; none: string }) {
  return of.length === 0 ? (
    <Box color="text-body-secondary">{none}</Box>
  ) : (
    <>
      {of.map((one) => (
        <div key={`${one.label} ${one.name}`}>
          <Box variant="span" color="text-body-secondary">
            {one.label}
          </Box>{' '}
          <Entity name={one.name} />
          {one.more === undefined ? null : ` (${one.more})`}
        </div>
      ))}
    </>
  );
}
