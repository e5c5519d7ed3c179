import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { at, list, text, type Json, type TypeInfo } from '../../api/findings';
import { Bars, Course } from '../../parts/Bars';
import { Entity } from '../../parts/entity';
import { address } from '../../parts/route';
import { useSettings } from '../../parts/settings';
import { age, shownTime, type Zone } from '../../parts/times';
import { rarity, series, type Rarity, type Series } from './bars';

const PLAIN = ['sample', 'type', 'value', 'userAgent', 'score', 'timeSeries', 'series', 'baseline'];
const DRAWN = ['baselineBusiestHours', 'callsByHour', 'profiledBehavior', 'unusualBehavior'];
const MOST_FACTS = 40;

/** Why the finding was made: the list entry, or the habit against what came, and the type's own words. */
export function Why({ one, type }: { one: Json; type: TypeInfo | undefined }) {
  const matches = list(one, 'tocsin', 'evidence', 'intelligence');
  const score = rarity(one);
  const courses = series(one);
  const facts = further(one);
  return (
    <Container header={<Header variant="h2">Why it fired</Header>}>
      <SpaceBetween size="l">
        {type === undefined ? null : (
          <KeyValuePairs
            columns={2}
            items={[
              { label: 'It fires when', value: type.firesWhen },
              { label: 'It does not see', value: type.doesNotSee === '' ? 'nothing known' : type.doesNotSee },
            ]}
          />
        )}
        {matches.length === 0 ? null : (
          <Entries matches={matches} now={new Date(text(one, 'service', 'eventLastSeen')).getTime()} />
        )}
        {score === null ? null : <Verdict score={score} />}
        {courses.map((course) => (
          <OneCourse key={course.title} course={course} />
        ))}
        {facts.length === 0 ? null : (
          <KeyValuePairs columns={3} minColumnWidth={180} items={facts.map(([label, value]) => ({ label, value }))} />
        )}
        {score === null ? null : <Profile one={one} />}
        {type === undefined || Object.keys(type.thresholds).length === 0 ? null : (
          <ExpandableSection headerText="Thresholds in force">
            <KeyValuePairs
              columns={3}
              items={Object.entries(type.thresholds).map(([label, value]) => ({ label, value }))}
            />
          </ExpandableSection>
        )}
        <Link href={address('explain', '', { type: text(one, 'type') })}>Ask why it did not fire elsewhere</Link>
      </SpaceBetween>
    </Container>
  );
}

function Entries({ matches, now }: { matches: readonly unknown[]; now: number }) {
  const { zone } = useSettings();
  return (
    <Table
      variant="borderless"
      wrapLines
      header={<Header variant="h3">List entry that matched</Header>}
      ariaLabels={{ tableLabel: 'List entries' }}
      items={matches}
      columnDefinitions={[
        { id: 'entry', header: 'Entry', isRowHeader: true, cell: (match) => <Entity name={text(match, 'entry')} /> },
        { id: 'list', header: 'List', cell: (match) => text(match, 'list') },
        { id: 'category', header: 'Category', cell: (match) => text(match, 'category') },
        { id: 'threat', header: 'Threat', cell: (match) => text(match, 'threat') },
        {
          id: 'age',
          header: 'Last seen by its maker',
          cell: (match) => {
            const seen = text(match, 'lastSeen');
            return seen === '' ? 'not said' : `${shownTime(seen, zone)}, ${age(seen, now)} before`;
          },
        },
      ]}
    />
  );
}

function Verdict({ score }: { score: Rarity }) {
  return (
    <SpaceBetween size="s">
      <Box variant="h3">The habit against what came</Box>
      <Box variant="p">
        Each part says in bits how much likelier it is of an attacker than of{' '}
        {score.principal === '' ? 'it' : 'this identity'}: ten bits are a thousand times.
        {score.activeDays > 0 ? ` It was active on ${score.activeDays} days of the month before.` : ''}
      </Box>
      <Bars
        label="Bits of each part"
        rows={score.parts.map((part) => ({ name: part.name, value: part.bits, text: part.bits.toFixed(1) }))}
      />
      <Box variant="p">Summed up, against what it takes (the line):</Box>
      <Bars
        label="Bits against the threshold"
        rows={score.channels.map((channel) => ({
          name: channel.name,
          value: channel.bits,
          limit: channel.threshold,
          text: `${channel.bits.toFixed(1)} of ${channel.threshold.toFixed(1)}`,
        }))}
      />
      {score.usual.length === 0 ? null : (
        <KeyValuePairs
          columns={2}
          items={score.usual.map(([feature, values]) => ({
            label: `Usual ${feature} (days of the last 30)`,
            value: values,
          }))}
        />
      )}
      {score.principal === '' ? null : (
        <Box>
          Its whole profile: <Entity name={score.principal} />
        </Box>
      )}
    </SpaceBetween>
  );
}

function OneCourse({ course }: { course: Series }) {
  const { zone } = useSettings();
  const bars = course.bars.map((bar) => ({ ...bar, label: label(bar.label, zone) }));
  const highest = Math.max(...bars.map((bar) => bar.value)).toLocaleString('en');
  const said = `${bars.length === 1 ? '' : 'at most '}${highest}${course.usualText === undefined ? '' : `; ${course.usualText}`}`;
  return (
    <SpaceBetween size="xxs">
      <Course
        title={course.title}
        bars={bars}
        said={said}
        {...(course.usual === undefined ? {} : { usual: course.usual })}
      />
      <ExpandableSection headerText="As a table" headerAriaLabel={`${course.title} as a table`}>
        <Table
          variant="borderless"
          ariaLabels={{ tableLabel: course.title }}
          items={bars}
          columnDefinitions={[
            { id: 'label', header: 'When', isRowHeader: true, cell: (bar) => bar.label },
            { id: 'value', header: course.title, cell: (bar) => bar.value.toLocaleString('en') },
          ]}
        />
      </ExpandableSection>
    </SpaceBetween>
  );
}

function label(text_: string, zone: Zone): string {
  return /^\d{4}-/.test(text_) ? shownTime(text_, zone) : text_;
}

/** What is usual for the account and its identities, as GuardDuty's members have it. */
function Profile({ one }: { one: Json }) {
  const info = at(one, 'service', 'additionalInfo');
  const rows = ['unusualBehavior', 'profiledBehavior']
    .flatMap((member) => Object.entries((at(info, member) ?? {}) as Json))
    .map(([name, value]) => ({ name, value: String(value) }))
    .filter((row) => row.value !== '');
  return rows.length === 0 ? null : (
    <ExpandableSection headerText="What is usual and unusual, as GuardDuty lists it">
      <Table
        variant="borderless"
        wrapLines
        ariaLabels={{ tableLabel: 'Profiled behaviour' }}
        items={rows}
        columnDefinitions={[
          { id: 'name', header: 'Member', isRowHeader: true, minWidth: 200, cell: (row) => row.name },
          { id: 'value', header: 'Values', minWidth: 200, cell: (row) => row.value },
        ]}
      />
    </ExpandableSection>
  );
}

function further(one: Json): [string, string][] {
  const info = (at(one, 'service', 'additionalInfo') ?? {}) as Json;
  const unknown = list(one, 'tocsin', 'unknown').map(String).join('; ');
  const facts = Object.entries(info)
    .filter(([name]) => !PLAIN.includes(name) && !DRAWN.includes(name))
    .flatMap(([name, value]) => flat(name, value))
    .slice(0, MOST_FACTS);
  return unknown === '' ? facts : [...facts, ['Not known', unknown]];
}

function flat(name: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) {
    return value.some((part) => typeof part === 'object')
      ? value.flatMap((part, index) => flat(`${name} ${index + 1}`, part))
      : [[worded(name), value.map(String).join(', ')]];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value as Json).flatMap(([member, inner]) => flat(`${name} ${member}`, inner));
  }
  return value === '' ? [] : [[worded(name), typeof value === 'number' ? counted(name, value) : String(value)]];
}

/** `totalBytesOut` as `total bytes out`. */
function worded(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** A number with separators, if it counts something. */
function counted(name: string, value: number): string {
  return /port|asn/i.test(name) ? String(value) : value.toLocaleString('en');
}
