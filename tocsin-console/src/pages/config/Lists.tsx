import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Textarea from '@cloudscape-design/components/textarea';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import {
  checkList,
  lists,
  uploadList,
  type Detector,
  type KnownList,
  type ListKind,
  type ListReport,
} from '../../api/config';
import type { CreateIPSetRequest } from '../../api/contract';
import { guardduty } from '../../api/guardduty';
import { Dialog } from '../../parts/Dialog';
import { Listing } from '../../parts/Listing';
import { RegionSelect, usePlaces } from '../../parts/Place';
import { useLoaded } from '../../parts/loaded';
import { useMayWrite } from '../../parts/session';
import { age } from '../../parts/times';

const KINDS: Record<ListKind, string> = {
  ThreatIntelSet: 'Threat list: addresses',
  ThreatEntitySet: 'Threat list: addresses and domains',
  IPSet: 'Trusted list: addresses',
  TrustedEntitySet: 'Trusted list: addresses and domains',
};

const KIND_OPTIONS = (Object.keys(KINDS) as ListKind[]).map((value) => ({ value, label: KINDS[value] }));

const FORMATS = ['TXT', 'STIX', 'OTX_CSV', 'ALIEN_VAULT', 'PROOF_POINT', 'FIRE_EYE'].map((value) => ({
  value,
  label: value === 'TXT' ? 'TXT: one a line' : value,
}));

const SHOWN: Record<string, StatusIndicatorProps.Type> = {
  ACTIVE: 'success',
  INACTIVE: 'stopped',
  ERROR: 'error',
};

/** How often lists are looked at while one of them is on its way, in milliseconds. */
const SOON_MILLIS = 2_000;

export default function Lists() {
  const mayWrite = useMayWrite();
  const [wait, setWait] = useState(0);
  const loaded = useLoaded('lists', lists, wait);
  const [selected, setSelected] = useState<KnownList>();
  const [open, setOpen] = useState<'' | 'add' | 'switch' | 'delete'>('');
  const [now] = useState(() => Date.now());
  const all = loaded.value ?? [];
  const busy = all.some((one) => SHOWN[one.status] === undefined) ? SOON_MILLIS : 0;
  if (busy !== wait) {
    setWait(busy);
  }
  const chosen = all.find((one) => one.id === selected?.id);
  const places = usePlaces(chosen?.region ?? null);
  const detector = places.own.find((one) => one.region === chosen?.region && one.accountId === chosen.accountId);
  const active = chosen?.status === 'ACTIVE';
  const close = () => {
    setOpen('');
    loaded.again();
  };
  return (
    <>
      <Listing
        title="Lists"
        description="Your own threat and trusted lists. What a trusted list names makes no finding, also where a threat list names it."
        loaded={loaded}
        items={all}
        name={(one) => `${one.name} in ${one.region}`}
        selected={chosen}
        onSelect={setSelected}
        actions={
          <>
            <Button
              disabled={!mayWrite || detector === undefined || SHOWN[chosen?.status ?? ''] === undefined}
              onClick={() => {
                setOpen('switch');
              }}
            >
              {active ? 'Deactivate' : 'Activate'}
            </Button>
            <Button
              disabled={!mayWrite || detector === undefined}
              onClick={() => {
                setOpen('delete');
              }}
            >
              Delete
            </Button>
            <Button
              variant="primary"
              disabled={!mayWrite}
              onClick={() => {
                setOpen('add');
              }}
            >
              Add list
            </Button>
          </>
        }
        columns={[
          { id: 'name', header: 'Name', isRowHeader: true, cell: (one) => one.name },
          { id: 'kind', header: 'Kind', minWidth: 160, cell: (one) => KINDS[one.kind] },
          {
            id: 'status',
            header: 'Status',
            cell: (one) => (
              <StatusIndicator type={SHOWN[one.status] ?? 'in-progress'}>
                {one.status.charAt(0) + one.status.slice(1).toLowerCase().replaceAll('_', ' ')}
                {one.errorDetails === undefined ? '' : `: ${one.errorDetails}`}
              </StatusIndicator>
            ),
          },
          {
            id: 'age',
            header: 'Age',
            cell: (one) => age(new Date(one.updatedAt * 1000).toISOString(), now),
          },
          { id: 'format', header: 'Format', cell: (one) => one.format },
          { id: 'account', header: 'Account', cell: (one) => one.accountId },
          { id: 'region', header: 'Region', cell: (one) => one.region },
          { id: 'location', header: 'Location', minWidth: 200, cell: (one) => one.location },
        ]}
        empty="There is no list."
      />
      {open === 'add' ? <Add onClose={close} /> : null}
      {open === 'switch' && chosen !== undefined && detector !== undefined ? (
        <Dialog
          title={`${active ? 'Deactivate' : 'Activate'} ${chosen.name}?`}
          act={active ? 'Deactivate' : 'Activate'}
          onAct={() => switched(chosen, detector, !active)}
          onClose={close}
        >
          {active
            ? 'From then on it has no part in findings.'
            : 'It is fetched from its location again, and acts within seconds.'}
        </Dialog>
      ) : null}
      {open === 'delete' && chosen !== undefined && detector !== undefined ? (
        <Dialog title={`Delete ${chosen.name}?`} act="Delete" onAct={() => deleted(chosen, detector)} onClose={close}>
          Findings that stand on it stay.
        </Dialog>
      ) : null}
    </>
  );
}

function switched({ kind, id, region }: KnownList, { detectorId: DetectorId }: Detector, activate: boolean) {
  switch (kind) {
    case 'IPSet':
      return guardduty('UpdateIPSet', { DetectorId, IpSetId: id, activate }, region);
    case 'ThreatIntelSet':
      return guardduty('UpdateThreatIntelSet', { DetectorId, ThreatIntelSetId: id, activate }, region);
    case 'TrustedEntitySet':
      return guardduty('UpdateTrustedEntitySet', { DetectorId, TrustedEntitySetId: id, activate }, region);
    case 'ThreatEntitySet':
      return guardduty('UpdateThreatEntitySet', { DetectorId, ThreatEntitySetId: id, activate }, region);
  }
}

function deleted({ kind, id, region }: KnownList, { detectorId: DetectorId }: Detector) {
  switch (kind) {
    case 'IPSet':
      return guardduty('DeleteIPSet', { DetectorId, IpSetId: id }, region);
    case 'ThreatIntelSet':
      return guardduty('DeleteThreatIntelSet', { DetectorId, ThreatIntelSetId: id }, region);
    case 'TrustedEntitySet':
      return guardduty('DeleteTrustedEntitySet', { DetectorId, TrustedEntitySetId: id }, region);
    case 'ThreatEntitySet':
      return guardduty('DeleteThreatEntitySet', { DetectorId, ThreatEntitySetId: id }, region);
  }
}

function made(kind: ListKind, input: CreateIPSetRequest, region: string) {
  switch (kind) {
    case 'IPSet':
      return guardduty('CreateIPSet', input, region);
    case 'ThreatIntelSet':
      return guardduty('CreateThreatIntelSet', input, region);
    case 'TrustedEntitySet':
      return guardduty('CreateTrustedEntitySet', input, region);
    case 'ThreatEntitySet':
      return guardduty('CreateThreatEntitySet', input, region);
  }
}

function Add({ onClose }: { onClose: () => void }) {
  const [region, setRegion] = useState<string | null>(null);
  const places = usePlaces(region);
  const [kind, setKind] = useState<ListKind>('ThreatIntelSet');
  const [name, setName] = useState('');
  const [format, setFormat] = useState('TXT');
  const [way, setWay] = useState('text');
  const [location, setLocation] = useState('');
  const [text, setText] = useState('');
  const [activate, setActivate] = useState(true);
  const [report, setReport] = useState<ListReport>();
  const [trouble, setTrouble] = useState('');
  const here = places.here;
  const byText = way === 'text';
  const look = () => {
    checkList(format, text).then(
      (seen) => {
        setTrouble('');
        setReport(seen);
      },
      (e: unknown) => {
        setTrouble(e instanceof Error ? e.message : String(e));
      },
    );
  };
  const add = async () => {
    if (here === undefined) {
      throw new Error('A list belongs to a detector, and your account has none yet.');
    }
    await made(
      kind,
      {
        DetectorId: here.detectorId,
        name,
        format: format as CreateIPSetRequest['format'],
        location: byText ? await uploadList(text) : location,
        activate,
      },
      here.region,
    );
  };
  return (
    <Dialog
      title="Add a list"
      act="Add list"
      disabled={name.trim() === '' || (byText ? text.trim() === '' : location.trim() === '')}
      onAct={add}
      onClose={onClose}
    >
      <FormField label="Region">
        <RegionSelect places={places} onChange={setRegion} />
      </FormField>
      <FormField label="Kind">
        <Select
          selectedOption={KIND_OPTIONS.find((one) => one.value === kind) ?? null}
          options={KIND_OPTIONS}
          onChange={({ detail }) => {
            setKind(detail.selectedOption.value as ListKind);
          }}
        />
      </FormField>
      <FormField label="Name" description="Findings name it.">
        <Input
          value={name}
          onChange={({ detail }) => {
            setName(detail.value);
          }}
        />
      </FormField>
      <FormField label="Format">
        <Select
          selectedOption={FORMATS.find((one) => one.value === format) ?? null}
          options={FORMATS}
          onChange={({ detail }) => {
            setFormat(detail.selectedOption.value ?? 'TXT');
          }}
        />
      </FormField>
      <RadioGroup
        ariaLabel="Where the list comes from"
        value={way}
        items={[
          { value: 'text', label: 'Upload' },
          { value: 'location', label: 'Location' },
        ]}
        onChange={({ detail }) => {
          setWay(detail.value);
        }}
      />
      {byText ? (
        <>
          <FormField label="File">
            <input
              type="file"
              aria-label="File of the list"
              onChange={(event) => {
                void event.target.files?.[0]?.text().then(setText);
              }}
            />
          </FormField>
          <FormField label="Entries" description="Below 1 MB; a larger list is given by its location.">
            <Textarea
              value={text}
              rows={4}
              onChange={({ detail }) => {
                setText(detail.value);
                setReport(undefined);
              }}
            />
          </FormField>
          <Button disabled={text.trim() === ''} onClick={look}>
            Check
          </Button>
          {trouble === '' ? null : <Alert type="error">{trouble}</Alert>}
          {report === undefined ? null : <Report report={report} />}
        </>
      ) : (
        <FormField label="Location" description="s3://BUCKET/KEY, an https address, or a file: address of the server.">
          <Input
            value={location}
            onChange={({ detail }) => {
              setLocation(detail.value.trim());
            }}
          />
        </FormField>
      )}
      <Toggle
        checked={activate}
        onChange={({ detail }) => {
          setActivate(detail.checked);
        }}
      >
        Activate at once
      </Toggle>
    </Dialog>
  );
}

function Report({ report }: { report: ListReport }) {
  const notes = [...(report.message === undefined ? [] : [report.message]), ...report.warnings, ...report.rejections];
  return (
    <Alert
      type={report.accepted === 0 ? 'error' : report.rejected > 0 ? 'warning' : 'success'}
      header={`${report.accepted} entries would act, ${report.rejected} lines cannot be used`}
    >
      {notes.map((note) => (
        <Box key={note} variant="small" display="block">
          {note}
        </Box>
      ))}
    </Alert>
  );
}
