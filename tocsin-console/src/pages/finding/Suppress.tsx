import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { inRegion } from '../../api/client';
import { text, type Criterion, type Json } from '../../api/findings';
import { useLoaded } from '../../parts/loaded';
import { address } from '../../parts/route';
import { useMayWrite } from '../../parts/session';
import { traits, type Trait } from './facts';

interface Preview {
  days: number;
  findings: number;
  hidden: number;
  hiddenByType?: Record<string, number>;
  findingIds: string[];
  brokenSequences: unknown[];
}

/** What is chosen at first: type and the thing it is about, so that nothing else is hidden by a slip. */
const AT_FIRST = ['type', 'accountId', 'userName', 'instanceId', 'functionName', 'name'];

function isAtFirst(trait: Trait): boolean {
  return AT_FIRST.includes(trait.attribute.split('.').at(-1) ?? '');
}

function criterion(chosen: readonly Trait[]): Criterion {
  return Object.fromEntries(chosen.map((trait) => [trait.attribute, { equals: [trait.value] }]));
}

/** Makes a suppression rule of what this finding has, after showing what the rule would have hidden. */
export function Suppress({ one, onClose, onMade }: { one: Json; onClose: () => void; onMade: (name: string) => void }) {
  const region = text(one, 'region');
  const all = traits(one);
  const [attributes, setAttributes] = useState<readonly string[]>(
    all.filter(isAtFirst).map((trait) => trait.attribute),
  );
  const chosen = all.filter((trait) => attributes.includes(trait.attribute));
  const [name, setName] = useState(`from-${text(one, 'id').slice(0, 12)}`);
  const mayWrite = useMayWrite();
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const asked = JSON.stringify(criterion(chosen));
  const preview = useLoaded(asked, () =>
    inRegion<Preview>(region, 'POST', '/tocsin/v1/suppression-preview', {
      findingCriteria: { criterion: criterion(chosen) },
    }),
  );
  const make = async () => {
    setBusy(true);
    try {
      const detectors = await inRegion<{ detectorIds: string[] }>(region, 'GET', '/detector');
      const detector = detectors.detectorIds[0];
      if (detector === undefined) {
        throw new Error(`Your account has no detector in ${region}: a rule needs one.`);
      }
      await inRegion(region, 'POST', `/detector/${detector}/filter`, {
        name,
        action: 'ARCHIVE',
        description: `Made from finding ${text(one, 'id')}`,
        findingCriteria: { criterion: criterion(chosen) },
      });
      onMade(name);
    } catch (e) {
      setTrouble(e instanceof Error ? e.message : String(e));
      setBusy(false);
    }
  };
  return (
    <Modal
      visible
      size="large"
      header="Suppress from here"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              loading={busy}
              disabled={!mayWrite || chosen.length === 0 || preview.loading || preview.value === undefined}
              onClick={() => void make()}
            >
              Create the rule
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <Form errorText={trouble === '' ? null : trouble}>
        <SpaceBetween size="m">
          <FormField
            label="Hide findings that have all of this"
            description={`New ones are archived when they come, and so are those there; Region ${region}.`}
          >
            <SpaceBetween size="xxs">
              {all.map((trait) => (
                <Checkbox
                  key={trait.attribute}
                  checked={chosen.includes(trait)}
                  onChange={({ detail }) => {
                    setAttributes((before) =>
                      detail.checked
                        ? [...before, trait.attribute]
                        : before.filter((attribute) => attribute !== trait.attribute),
                    );
                  }}
                >
                  {trait.label}: {trait.value}
                </Checkbox>
              ))}
            </SpaceBetween>
          </FormField>
          <FormField label="Name of the rule" constraintText="3 to 64 letters, digits, dots, underscores and dashes.">
            <Input
              value={name}
              onChange={({ detail }) => {
                setName(detail.value);
              }}
            />
          </FormField>
          <WouldHide
            preview={preview.value}
            error={preview.error}
            loading={preview.loading}
            isEmpty={chosen.length === 0}
          />
        </SpaceBetween>
      </Form>
    </Modal>
  );
}

function WouldHide({
  preview,
  error,
  loading,
  isEmpty,
}: {
  preview: Preview | undefined;
  error: string | undefined;
  loading: boolean;
  isEmpty: boolean;
}) {
  if (isEmpty) {
    return <StatusIndicator type="warning">Choose at least one: an empty rule would hide everything.</StatusIndicator>;
  }
  if (error !== undefined) {
    return <StatusIndicator type="error">{error}</StatusIndicator>;
  }
  if (preview === undefined || loading) {
    return <StatusIndicator type="loading">What it would have hidden is counted</StatusIndicator>;
  }
  return (
    <SpaceBetween size="s">
      <Box data-testid="preview">
        Over the last {preview.days} days it would have hidden{' '}
        <strong>
          {preview.hidden} of {preview.findings}
        </strong>{' '}
        current findings of the Region.
      </Box>
      <ul>
        {Object.entries(preview.hiddenByType ?? {}).map(([type, count]) => (
          <li key={type}>
            {type}: {count}
          </li>
        ))}
      </ul>
      {preview.findingIds.length === 0 ? null : (
        <Box>
          Among them{' '}
          {preview.findingIds.slice(0, 5).map((id) => (
            <span key={id}>
              <Link href={address('findings', id)}>{id.slice(0, 8)}</Link>{' '}
            </span>
          ))}
        </Box>
      )}
      {preview.brokenSequences.length === 0 ? null : (
        <Alert type="warning">
          {preview.brokenSequences.length} attack sequences stand on findings that it would have hidden: they would have
          been weaker or not have been told.
        </Alert>
      )}
    </SpaceBetween>
  );
}
