import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type ReactNode } from 'react';

/** Asks for what is needed to do something, does it, and stays with what was refused if it was. */
export function Dialog({
  title,
  act,
  disabled = false,
  onAct,
  onClose,
  children,
}: {
  title: string;
  act: string;
  disabled?: boolean;
  onAct: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}) {
  const [refused, setRefused] = useState('');
  const [busy, setBusy] = useState(false);
  const doIt = async () => {
    setBusy(true);
    try {
      await onAct();
      onClose();
    } catch (e) {
      setRefused(e instanceof Error ? e.message : String(e));
      setBusy(false);
    }
  };
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" loading={busy} disabled={disabled} onClick={() => void doIt()}>
              {act}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {refused === '' ? null : <Alert type="error">{refused}</Alert>}
        {children}
      </SpaceBetween>
    </Modal>
  );
}
