import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import {
  REASON_WORDS,
  STATUS_WORDS,
  caseOf,
  changeCase,
  type Case,
  type CaseChange,
  type CaseReason,
  type CaseStatus,
} from '../api/cases';
import { useLoaded } from './loaded';
import { ownerName, useMayWrite, useSession } from './session';
import { useSettings } from './settings';
import { age, shownTime } from './times';

const STATUSES = (Object.keys(STATUS_WORDS) as CaseStatus[]).map((value) => ({ value, label: STATUS_WORDS[value] }));
const REASONS = (Object.keys(REASON_WORDS) as CaseReason[]).map((value) => ({ value, label: REASON_WORDS[value] }));

/** Who looks after the finding `id`, how far it is, and what was noted; `updatedAt` is when the finding changed last. */
export function CaseWork({ id, updatedAt }: { id: string; updatedAt: string }) {
  const loaded = useLoaded(id, () => caseOf(id));
  const [changed, setChanged] = useState<Case | null>(null);
  const one = changed ?? loaded.value;
  return (
    <Container header={<Header variant="h2">Case</Header>}>
      {one === undefined ? (
        <Box>{loaded.error ?? 'The case is loaded.'}</Box>
      ) : (
        <Work key={one.changedAt ?? ''} one={one} updatedAt={updatedAt} onChanged={setChanged} />
      )}
    </Container>
  );
}

function Work({ one, updatedAt, onChanged }: { one: Case; updatedAt: string; onChanged: (to: Case) => void }) {
  const session = useSession();
  const mayWrite = useMayWrite();
  const settings = useSettings();
  const [status, setStatus] = useState(one.status);
  const [reason, setReason] = useState(one.reason);
  const [owner, setOwner] = useState(one.owner);
  const [note, setNote] = useState('');
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const [now] = useState(() => Date.now());
  const change = async (what: CaseChange) => {
    setBusy(true);
    try {
      onChanged(await changeCase(one.findingId, what));
      setTrouble('');
      setNote('');
    } catch (e) {
      setTrouble(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
  };
  const save = () =>
    change({
      status,
      owner,
      ...(status === 'CLOSED' && reason !== undefined ? { reason } : {}),
      ...(note.trim() === '' ? {} : { note }),
    });
  const reopened = one.status === 'CLOSED' && one.changedAt !== undefined && updatedAt > one.changedAt;
  return (
    <SpaceBetween size="m">
      {trouble === '' ? null : <Alert type="error">{trouble}</Alert>}
      {reopened ? <Alert type="warning">The finding has changed since the case was closed.</Alert> : null}
      <Box color="text-body-secondary">
        Open for {age(one.openedAt, now)}
        {one.changedAt === undefined ? '' : `, case changed ${age(one.changedAt, now)} ago`}.
      </Box>
      <div className="columns">
        <FormField label="Status">
          <Select
            selectedOption={STATUSES.find((option) => option.value === status) ?? null}
            options={STATUSES}
            disabled={!mayWrite}
            onChange={({ detail }) => {
              setStatus(detail.selectedOption.value as CaseStatus);
            }}
          />
        </FormField>
        {status === 'CLOSED' ? (
          <FormField label="Reason">
            <Select
              selectedOption={REASONS.find((option) => option.value === reason) ?? null}
              options={REASONS}
              placeholder="Choose why"
              disabled={!mayWrite}
              onChange={({ detail }) => {
                setReason(detail.selectedOption.value as CaseReason);
              }}
            />
          </FormField>
        ) : null}
        <FormField label="Owner">
          <div className="beside">
            <Input
              value={owner}
              disabled={!mayWrite}
              placeholder="Nobody"
              onChange={({ detail }) => {
                setOwner(detail.value);
              }}
            />
            {mayWrite && owner !== ownerName(session) ? (
              <Button
                onClick={() => {
                  setOwner(ownerName(session));
                }}
              >
                Me
              </Button>
            ) : null}
          </div>
        </FormField>
      </div>
      {one.notes.length === 0 ? null : (
        <ol className="notes" aria-label="Notes">
          {one.notes.map((entry, index) => (
            <li key={index}>
              <Box variant="small" color="text-body-secondary">
                {entry.author.replace(/^user\//, '')}, {shownTime(entry.time, settings.zone)}
              </Box>
              <div className="note">{entry.text}</div>
            </li>
          ))}
        </ol>
      )}
      {mayWrite ? (
        <SpaceBetween size="s">
          <FormField label="Note" description="Notes stay as they are written.">
            <Textarea
              value={note}
              rows={2}
              onChange={({ detail }) => {
                setNote(detail.value);
              }}
            />
          </FormField>
          <Button
            variant="primary"
            loading={busy}
            disabled={status === 'CLOSED' && reason === undefined}
            onClick={() => void save()}
          >
            Save case
          </Button>
        </SpaceBetween>
      ) : null}
    </SpaceBetween>
  );
}
