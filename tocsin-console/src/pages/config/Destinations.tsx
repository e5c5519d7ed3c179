import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import Modal from '@cloudscape-design/components/modal';
import Select from '@cloudscape-design/components/select';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import { own } from '../../api/client';
import type { DeadLetter, Destination } from '../../api/config';
import { Dialog } from '../../parts/Dialog';
import { Listing } from '../../parts/Listing';
import { useLoaded } from '../../parts/loaded';
import { address } from '../../parts/route';
import { useMayWrite } from '../../parts/session';
import { useSettings } from '../../parts/settings';
import { shownTime } from '../../parts/times';

const LOOK_MILLIS = 15_000;

interface Field {
  member: string;
  label: string;
  hint?: string;
  /** Never shown again, and kept as it is where nothing is given. */
  secret?: boolean;
}

const URL_FIELD: Field = {
  member: 'url',
  label: 'URL',
  hint: 'It is kept sealed, as it often carries a key.',
  secret: true,
};

/** What each type needs; docs/destinations.md has the rest. */
const TYPES: Record<string, { label: string; fields: Field[] }> = {
  webhook: {
    label: 'Webhook',
    fields: [
      URL_FIELD,
      { member: 'secret', label: 'Signing secret', hint: 'Not needed for chats.', secret: true },
      { member: 'authorization', label: 'Authorization header', secret: true },
    ],
  },
  'sns-http': {
    label: 'As Amazon SNS notifies',
    fields: [
      URL_FIELD,
      { member: 'topic', label: 'Topic ARN' },
      { member: 'secret', label: 'Signing secret', secret: true },
    ],
  },
  sqs: { label: 'Amazon SQS', fields: [{ member: 'queue', label: 'Queue URL' }] },
  kafka: {
    label: 'Kafka',
    fields: [
      { member: 'brokers', label: 'Brokers', hint: 'HOST:PORT, several with commas between them.' },
      { member: 'topic', label: 'Topic' },
    ],
  },
  file: {
    label: 'File',
    fields: [{ member: 'path', label: 'File name', hint: 'In the folder destinations of the data.' }],
  },
  syslog: {
    label: 'Syslog',
    fields: [{ member: 'server', label: 'Server', hint: 'tcp://HOST:PORT, tls:// or udp://' }],
  },
};

const TYPE_OPTIONS = Object.entries(TYPES).map(([value, { label }]) => ({ value, label }));

const FORMATS = ['', 'guardduty', 'guardduty-api', 'eventbridge', 'ocsf', 'asff', 'text', 'slack', 'teams'].map(
  (value) => ({ value, label: value === '' ? "The type's own" : value }),
);

const SEVERITIES = [
  { value: '', label: 'All' },
  { value: '4', label: 'Medium and above' },
  { value: '7', label: 'High and above' },
  { value: '9', label: 'Critical' },
];

export default function Destinations() {
  return useMayWrite() ? (
    <All />
  ) : (
    <Alert type="info" header="Destinations">
      Administrators see and change where findings go.
    </Alert>
  );
}

interface Tested {
  name: string;
  delivered: boolean;
  answer: string;
}

function All() {
  const settings = useSettings();
  const loaded = useLoaded(
    'destinations',
    () => own<{ destinations: Destination[] }>('GET', 'destinations'),
    LOOK_MILLIS,
  );
  const [selected, setSelected] = useState<Destination>();
  const [open, setOpen] = useState<'' | 'create' | 'edit' | 'delete' | 'dead'>('');
  const [testing, setTesting] = useState(false);
  const [tested, setTested] = useState<Tested>();
  const all = loaded.value?.destinations ?? [];
  const chosen = all.find((one) => one.id === selected?.id);
  const ours = chosen?.origin === 'api';
  const close = () => {
    setOpen('');
    loaded.again();
  };
  const test = async (one: Destination) => {
    setTesting(true);
    try {
      setTested({ name: one.name, ...(await own<Omit<Tested, 'name'>>('POST', `destinations/${one.id}/test`)) });
    } catch (e) {
      setTested({ name: one.name, delivered: false, answer: e instanceof Error ? e.message : String(e) });
    }
    setTesting(false);
    loaded.again();
  };
  return (
    <>
      {tested === undefined ? null : (
        <Box margin={{ bottom: 'm' }}>
          <Alert
            type={tested.delivered ? 'success' : 'error'}
            dismissible
            i18nStrings={{ dismissAriaLabel: 'Close' }}
            header={`${tested.name}: the sample was ${tested.delivered ? '' : 'not '}delivered`}
            onDismiss={() => {
              setTested(undefined);
            }}
          >
            {tested.answer}
          </Alert>
        </Box>
      )}
      <Listing
        title="Destinations"
        description="Where findings go beside GuardDuty's exports."
        loaded={loaded}
        items={all}
        name={(one) => one.name}
        selected={chosen}
        onSelect={setSelected}
        actions={
          <>
            <Button
              disabled={chosen === undefined}
              loading={testing}
              onClick={() => {
                if (chosen !== undefined) {
                  void test(chosen);
                }
              }}
            >
              Send a test
            </Button>
            <Button
              disabled={chosen === undefined}
              onClick={() => {
                setOpen('dead');
              }}
            >
              Dead letters
            </Button>
            <Button
              disabled={!ours}
              onClick={() => {
                setOpen('edit');
              }}
            >
              Edit
            </Button>
            <Button
              disabled={!ours}
              onClick={() => {
                setOpen('delete');
              }}
            >
              Delete
            </Button>
            <Button
              variant="primary"
              onClick={() => {
                setOpen('create');
              }}
            >
              Add destination
            </Button>
          </>
        }
        columns={[
          { id: 'name', header: 'Name', isRowHeader: true, cell: (one) => one.name },
          { id: 'type', header: 'Type', cell: (one) => TYPES[one.type]?.label ?? one.type },
          {
            id: 'status',
            header: 'Status',
            minWidth: 160,
            cell: (one) =>
              one.enabled === false ? (
                <StatusIndicator type="stopped">Off</StatusIndicator>
              ) : one.status === 'failing' ? (
                <StatusIndicator type="error">{one.problem ?? 'Failing'}</StatusIndicator>
              ) : (
                <StatusIndicator type={one.status === 'up' ? 'success' : 'pending'}>
                  {one.status === 'up' ? 'Up' : 'Nothing sent yet'}
                </StatusIndicator>
              ),
          },
          { id: 'waiting', header: 'Waiting', cell: (one) => one.waiting },
          { id: 'dead', header: 'Dead', cell: (one) => one.dead },
          { id: 'format', header: 'Format', cell: (one) => one.format ?? "the type's own" },
          { id: 'least', header: 'From severity', cell: (one) => one.minSeverity ?? 'all' },
          { id: 'sent', header: 'Last sent', cell: (one) => shownTime(one.lastSentAt, settings.zone) },
          { id: 'origin', header: 'Set by', cell: (one) => (one.origin === 'api' ? 'you' : 'configuration') },
        ]}
        empty="Findings leave by GuardDuty's exports alone."
      />
      {open === 'create' ? <Edit onClose={close} /> : null}
      {open === 'edit' && chosen !== undefined ? <Edit one={chosen} onClose={close} /> : null}
      {open === 'dead' && chosen !== undefined ? <Dead one={chosen} onClose={close} /> : null}
      {open === 'delete' && chosen !== undefined ? (
        <Dialog
          title={`Delete ${chosen.name}?`}
          act="Delete"
          onAct={() => own('DELETE', `destinations/${chosen.id}`)}
          onClose={close}
        >
          {chosen.waiting + chosen.dead} findings that have not left by it are not sent any more.
        </Dialog>
      ) : null}
    </>
  );
}

function Edit({ one, onClose }: { one?: Destination; onClose: () => void }) {
  const [name, setName] = useState(one?.name ?? '');
  const [type, setType] = useState(one?.type ?? 'webhook');
  const [format, setFormat] = useState(one?.format ?? '');
  const [least, setLeast] = useState(one?.minSeverity === undefined ? '' : String(one.minSeverity));
  const [enabled, setEnabled] = useState(one?.enabled !== false);
  const [given, setGiven] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      (TYPES[one?.type ?? '']?.fields ?? []).map(({ member }) => {
        const value = (one as unknown as Record<string, unknown> | undefined)?.[member];
        return [member, Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : ''];
      }),
    ),
  );
  const fields = TYPES[type]?.fields ?? [];
  const severities = SEVERITIES.some((option) => option.value === least)
    ? SEVERITIES
    : [...SEVERITIES, { value: least, label: `${least} and above` }];
  const save = () => {
    const members: Record<string, unknown> = { name, enabled };
    if (one === undefined) {
      members['type'] = type;
    }
    if (one !== undefined || format !== '') {
      members['format'] = format;
    }
    if (one !== undefined || least !== '') {
      members['minSeverity'] = least === '' ? 0 : Number(least);
    }
    for (const { member } of fields) {
      const value = given[member] ?? '';
      if (value !== '') {
        members[member] = member === 'brokers' ? value.split(',').map((broker) => broker.trim()) : value;
      }
    }
    return own('POST', one === undefined ? 'destinations' : `destinations/${one.id}`, members);
  };
  return (
    <Dialog
      title={one === undefined ? 'Add a destination' : `Edit ${one.name}`}
      act="Save destination"
      disabled={name.trim() === ''}
      onAct={save}
      onClose={onClose}
    >
      <FormField label="Name">
        <Input
          value={name}
          onChange={({ detail }) => {
            setName(detail.value);
          }}
        />
      </FormField>
      <FormField label="Type">
        <Select
          selectedOption={TYPE_OPTIONS.find((option) => option.value === type) ?? null}
          options={TYPE_OPTIONS}
          disabled={one !== undefined}
          onChange={({ detail }) => {
            setType(detail.selectedOption.value ?? 'webhook');
          }}
        />
      </FormField>
      {fields.map((field) => (
        <FormField
          key={field.member}
          label={field.label}
          description={one !== undefined && field.secret === true ? 'Empty: as it is.' : field.hint}
        >
          <Input
            value={given[field.member] ?? ''}
            type={field.secret === true && field.member !== 'url' ? 'password' : 'text'}
            autoComplete="off"
            onChange={({ detail }) => {
              setGiven({ ...given, [field.member]: detail.value });
            }}
          />
        </FormField>
      ))}
      <div className="columns">
        <FormField label="Format">
          <Select
            selectedOption={FORMATS.find((option) => option.value === format) ?? null}
            options={FORMATS}
            expandToViewport
            onChange={({ detail }) => {
              setFormat(detail.selectedOption.value ?? '');
            }}
          />
        </FormField>
        <FormField label="Severity">
          <Select
            selectedOption={severities.find((option) => option.value === least) ?? null}
            options={severities}
            expandToViewport
            onChange={({ detail }) => {
              setLeast(detail.selectedOption.value ?? '');
            }}
          />
        </FormField>
      </div>
      <Toggle
        checked={enabled}
        onChange={({ detail }) => {
          setEnabled(detail.checked);
        }}
      >
        Sends
      </Toggle>
    </Dialog>
  );
}

function Dead({ one, onClose }: { one: Destination; onClose: () => void }) {
  const settings = useSettings();
  const loaded = useLoaded(one.id, () =>
    own<{ dead: number; letters: DeadLetter[] }>('GET', `destinations/${one.id}/dead`),
  );
  const [chosen, setChosen] = useState<DeadLetter[]>([]);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const replay = async () => {
    setBusy(true);
    try {
      const body = chosen.length === 0 ? {} : { findingIds: chosen.map((letter) => letter.findingId) };
      const { replayed } = await own<{ replayed: number }>('POST', `destinations/${one.id}/replay`, body);
      setSaid(`${replayed} are sent again.`);
      setChosen([]);
    } catch (e) {
      setSaid(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
    loaded.again();
  };
  const letters = loaded.value?.letters ?? [];
  return (
    <Modal
      visible
      size="large"
      header={`Dead letters of ${one.name}`}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" disabled={letters.length === 0} loading={busy} onClick={() => void replay()}>
            {chosen.length === 0 ? 'Send all again' : `Send ${chosen.length} again`}
          </Button>
        </Box>
      }
    >
      {said === '' ? null : <Alert>{said}</Alert>}
      {loaded.error === undefined ? null : <Alert type="error">{loaded.error}</Alert>}
      <Table
        variant="embedded"
        wrapLines
        items={letters}
        trackBy="findingId"
        loading={loaded.value === undefined && loaded.error === undefined}
        loadingText="Dead letters are loaded"
        selectionType="multi"
        selectedItems={chosen}
        onSelectionChange={({ detail }) => {
          setChosen(detail.selectedItems);
        }}
        ariaLabels={{
          tableLabel: 'Dead letters',
          selectionGroupLabel: 'Dead letters',
          allItemsSelectionLabel: () => 'Select all',
          itemSelectionLabel: (_, letter) => `Select ${letter.type}`,
        }}
        columnDefinitions={[
          {
            id: 'finding',
            header: 'Finding',
            isRowHeader: true,
            cell: (letter) => <Link href={address('findings', letter.findingId)}>{letter.type}</Link>,
          },
          { id: 'tries', header: 'Tries', cell: (letter) => letter.tries },
          { id: 'since', header: 'Since', cell: (letter) => shownTime(letter.deadSince, settings.zone) },
          { id: 'problem', header: 'Problem', cell: (letter) => letter.problem },
        ]}
        empty="Nothing is dead: all has left or is tried again."
      />
    </Modal>
  );
}
