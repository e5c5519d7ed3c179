import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { REASON_WORDS, STATUS_WORDS, changeCases, type CaseReason, type CaseStatus } from '../api/cases';
import { ownerName, useMayWrite, useSession } from './session';

const KEEP = { value: '', label: 'As it is' };
const STATUSES: { value: string; label: string }[] = [
  KEEP,
  ...(Object.keys(STATUS_WORDS) as CaseStatus[]).map((value) => ({ value, label: STATUS_WORDS[value] })),
];
const REASONS = (Object.keys(REASON_WORDS) as CaseReason[]).map((value) => ({ value, label: REASON_WORDS[value] }));

/** Gives many findings to somebody, or ends their cases. */
export function CaseBulk({ ids, onDone }: { ids: readonly string[]; onDone: (trouble: string) => void }) {
  const session = useSession();
  const mayWrite = useMayWrite();
  const [open, setOpen] = useState(false);
  const [owner, setOwner] = useState('');
  const [status, setStatus] = useState('IN_PROGRESS');
  const [reason, setReason] = useState<CaseReason>('RESOLVED');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    let trouble = '';
    try {
      await changeCases(ids, {
        ...(owner.trim() === '' ? {} : { owner }),
        ...(status === '' ? {} : { status: status as CaseStatus }),
        ...(status === 'CLOSED' ? { reason } : {}),
      });
    } catch (e) {
      trouble = e instanceof Error ? e.message : String(e);
    }
    setBusy(false);
    setOpen(false);
    onDone(trouble);
  };
  return (
    <>
      <Button
        disabled={ids.length === 0 || !mayWrite}
        onClick={() => {
          setOwner(ownerName(session));
          setOpen(true);
        }}
      >
        Assign
      </Button>
      <Modal
        visible={open}
        header={`Cases of ${ids.length} findings`}
        closeAriaLabel="Close"
        onDismiss={() => {
          setOpen(false);
        }}
        footer={
          <Box float="right">
            <Button
              variant="primary"
              loading={busy}
              disabled={owner.trim() === '' && status === ''}
              onClick={() => void save()}
            >
              Save cases
            </Button>
          </Box>
        }
      >
        <SpaceBetween size="m">
          <FormField label="Owner" description="Empty leaves each with its own.">
            <Input
              value={owner}
              onChange={({ detail }) => {
                setOwner(detail.value);
              }}
            />
          </FormField>
          <FormField label="Status">
            <Select
              selectedOption={STATUSES.find((option) => option.value === status) ?? null}
              options={STATUSES}
              onChange={({ detail }) => {
                setStatus(detail.selectedOption.value ?? '');
              }}
            />
          </FormField>
          {status === 'CLOSED' ? (
            <FormField label="Reason">
              <Select
                selectedOption={REASONS.find((option) => option.value === reason) ?? null}
                options={REASONS}
                onChange={({ detail }) => {
                  setReason(detail.selectedOption.value as CaseReason);
                }}
              />
            </FormField>
          ) : null}
        </SpaceBetween>
      </Modal>
    </>
  );
}
