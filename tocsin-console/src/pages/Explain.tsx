import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useEffect, useState } from 'react';
import { types } from '../api/findings';
import { useLoaded } from '../parts/loaded';
import { address, go } from '../parts/route';
import { useSettings } from '../parts/settings';
import { shownTime } from '../parts/times';
import { askReplay, percent, replayOf, stopReplay, type Answer, type Line, type Replay } from './explain/replay';

const EVERYTHING = { value: '', label: 'Everything that it did' };
const DAYS = ['1', '2', '7', '14', '35'].map((value) => ({ value, label: value === '1' ? '1 day' : `${value} days` }));
const ASK_MILLIS = 700;

/** Why a type did not speak of somebody, or all that somebody did: the server reads the logs again. */
export default function Explain({ query }: { query: URLSearchParams }) {
  const [replay, setReplay] = useState<Replay | null>(null);
  const [trouble, setTrouble] = useState('');
  const id = replay?.id;
  const isReading = replay?.state === 'READING';
  useEffect(() => {
    if (id === undefined || !isReading) {
      return undefined;
    }
    const timer = window.setInterval(() => {
      replayOf(id).then(setReplay, (e: unknown) => {
        setTrouble(e instanceof Error ? e.message : String(e));
      });
    }, ASK_MILLIS);
    return () => {
      window.clearInterval(timer);
    };
  }, [id, isReading]);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Why a finding type did not speak of somebody, or all that somebody did. The server reads the logs of its folders and buckets again, as 'tocsin explain' does."
        >
          Explain
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Question
          query={query}
          busy={isReading}
          trouble={trouble}
          onAsk={(question) => {
            setTrouble('');
            askReplay(question).then(setReplay, (e: unknown) => {
              setTrouble(e instanceof Error ? e.message : String(e));
            });
          }}
        />
        {replay === null ? null : <Progress replay={replay} onChange={setReplay} onTrouble={setTrouble} />}
        {replay?.answer === undefined ? null : <Answered replay={replay} answer={replay.answer} />}
      </SpaceBetween>
    </ContentLayout>
  );
}

function Question({
  query,
  busy,
  trouble,
  onAsk,
}: {
  query: URLSearchParams;
  busy: boolean;
  trouble: string;
  onAsk: (question: { type: string; who: string; at: string; days: number }) => void;
}) {
  const known = useLoaded('types', types);
  const [type, setType] = useState(query.get('type') ?? '');
  const [who, setWho] = useState(query.get('who') ?? '');
  const [at, setAt] = useState(query.get('at') ?? '');
  const [days, setDays] = useState(query.get('days') ?? '1');
  const options = [EVERYTHING, ...(known.value ?? []).map((one) => ({ value: one.type, label: one.type }))];
  return (
    <Container>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go(address('explain', '', { type, who, at, days }), true);
          onAsk({ type, who, at, days: Number(days) });
        }}
      >
        <Form
          errorText={trouble === '' ? null : trouble}
          actions={
            <Button variant="primary" formAction="submit" loading={busy} disabled={who.trim() === ''}>
              Ask
            </Button>
          }
        >
          <SpaceBetween size="m">
            <FormField label="What" description="A finding type that did not speak, or everything.">
              <Select
                filteringType="auto"
                filteringAriaLabel="Find a type"
                selectedOption={options.find((one) => one.value === type) ?? { value: type, label: type }}
                options={options}
                onChange={({ detail }) => {
                  setType(detail.selectedOption.value ?? '');
                }}
              />
            </FormField>
            <FormField label="Who" description="ARN, user, access key, address, instance or interface.">
              <Input
                value={who}
                onChange={({ detail }) => {
                  setWho(detail.value);
                }}
              />
            </FormField>
            <FormField
              label="About when (UTC)"
              description="Empty for now. Of a type, an hour to each side is looked at."
              constraintText="Such as 2026-03-02T13:00:00Z"
            >
              <Input
                value={at}
                onChange={({ detail }) => {
                  setAt(detail.value);
                }}
              />
            </FormField>
            <FormField
              label="Days before it that are read"
              description="Habits need two weeks; more days take longer. At most 1 GB of logs is read."
            >
              <Select
                selectedOption={DAYS.find((one) => one.value === days) ?? { value: days, label: `${days} days` }}
                options={DAYS}
                onChange={({ detail }) => {
                  setDays(detail.selectedOption.value ?? '1');
                }}
              />
            </FormField>
          </SpaceBetween>
        </Form>
      </form>
    </Container>
  );
}

function Progress({
  replay,
  onChange,
  onTrouble,
}: {
  replay: Replay;
  onChange: (replay: Replay) => void;
  onTrouble: (trouble: string) => void;
}) {
  if (replay.state === 'READING') {
    return (
      <Container>
        <ProgressBar
          label="Logs are read"
          value={percent(replay)}
          description={`${replay.objectsDone.toLocaleString('en')} of ${replay.objects.toLocaleString('en')} objects, ${replay.records.toLocaleString('en')} records`}
        />
        <Button
          onClick={() => {
            stopReplay(replay.id ?? '').then(onChange, (e: unknown) => {
              onTrouble(e instanceof Error ? e.message : String(e));
            });
          }}
        >
          Stop
        </Button>
      </Container>
    );
  }
  return (
    <SpaceBetween size="xs">
      {replay.state === 'FAILED' ? <Alert type="error">{replay.message}</Alert> : null}
      {replay.state === 'STOPPED' ? <Alert type="info">It was stopped.</Alert> : null}
      {replay.notRead.length === 0 ? null : (
        <Alert type="warning">
          Not read, as what they brought is not there any more: {replay.notRead.join(', ')}. Run tocsin explain where
          these logs lie.
        </Alert>
      )}
    </SpaceBetween>
  );
}

function Answered({ replay, answer }: { replay: Replay; answer: Answer }) {
  const { zone } = useSettings();
  const span = `${replay.records.toLocaleString('en')} records of ${replay.objects.toLocaleString('en')} objects read, ${shownTime(replay.from, zone)} to ${shownTime(replay.until, zone)}.`;
  return answer.conditions === undefined ? (
    <Did who={replay.who} answer={answer} span={span} />
  ) : (
    <Table
      wrapLines
      header={
        <Header variant="h2" description={`${replay.who}. ${span}`}>
          {answer.conditions.every((one) => one.met) ? 'It speaks' : 'Why'} {replay.type}
          {answer.conditions.every((one) => one.met) ? '' : ' did not speak'}
        </Header>
      }
      ariaLabels={{ tableLabel: 'Conditions' }}
      items={answer.conditions}
      columnDefinitions={[
        {
          id: 'met',
          header: 'Held',
          width: 110,
          cell: (one) => (
            <StatusIndicator type={one.met ? 'success' : 'error'}>{one.met ? 'yes' : 'NO'}</StatusIndicator>
          ),
        },
        { id: 'text', header: 'Condition', isRowHeader: true, minWidth: 220, cell: (one) => one.text },
        { id: 'found', header: 'Found', minWidth: 220, cell: (one) => one.found },
      ]}
    />
  );
}

function Did({ who, answer, span }: { who: string; answer: Answer; span: string }) {
  const { zone } = useSettings();
  const lines = answer.lines ?? [];
  const left = (answer.linesLeftOut ?? 0) + (answer.recordsLeftOut ?? 0);
  return (
    <Table<Line>
      wrapLines
      header={
        <Header
          variant="h2"
          counter={`(${lines.length})`}
          description={`${span}${left > 0 ? ` ${left} more lines or records are left out: ask for less time.` : ''}`}
        >
          What {who} did
        </Header>
      }
      ariaLabels={{ tableLabel: 'What it did' }}
      items={lines}
      columnDefinitions={[
        { id: 'at', header: 'Time', isRowHeader: true, minWidth: 170, cell: (line) => shownTime(line.at, zone) },
        {
          id: 'text',
          header: 'What',
          minWidth: 280,
          cell: (line) => (
            <span className="wrap">
              {line.text}
              {line.count > 1 ? ` (${line.count} times until ${shownTime(line.last, zone)})` : ''}
            </span>
          ),
        },
        {
          id: 'firsts',
          header: 'First time',
          minWidth: 160,
          cell: (line) => (
            <Box variant="small" display="block">
              {line.firsts.join(', ')}
            </Box>
          ),
        },
        { id: 'findings', header: 'Evidence of', minWidth: 200, cell: (line) => line.findings.join(', ') },
      ]}
      empty="No record of it lies in the time asked."
    />
  );
}
