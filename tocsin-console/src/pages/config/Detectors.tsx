import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import { detectors, type Detector } from '../../api/config';
import type { UpdateDetectorRequest, UpdateMemberDetectorsRequest } from '../../api/contract';
import { guardduty } from '../../api/guardduty';
import { Dialog } from '../../parts/Dialog';
import { Listing } from '../../parts/Listing';
import { useLoaded } from '../../parts/loaded';
import { useMayWrite, useSession } from '../../parts/session';
import { useSettings } from '../../parts/settings';
import { shownTime } from '../../parts/times';

/** Features that the API lets nobody change: they go with the detector. */
const FIXED = new Set(['CLOUD_TRAIL', 'DNS_LOGS', 'FLOW_LOGS']);

export default function Detectors() {
  const mayWrite = useMayWrite();
  const settings = useSettings();
  const loaded = useLoaded('detectors', detectors);
  const [selected, setSelected] = useState<Detector>();
  const [open, setOpen] = useState<'' | 'change' | 'enable'>('');
  const all = loaded.value ?? [];
  const chosen = all.find((one) => one.detectorId === selected?.detectorId);
  const close = () => {
    setOpen('');
    loaded.again();
  };
  return (
    <>
      <Listing
        title="Detectors"
        description="One an account and Region. What is not enabled is not analysed, and shows as silent in the coverage."
        loaded={loaded}
        items={all}
        name={(one) => `${one.accountId} ${one.region}`}
        selected={chosen}
        onSelect={setSelected}
        actions={
          <>
            <Button
              disabled={!mayWrite || chosen === undefined}
              onClick={() => {
                setOpen('change');
              }}
            >
              Change
            </Button>
            <Button
              variant="primary"
              disabled={!mayWrite}
              onClick={() => {
                setOpen('enable');
              }}
            >
              Enable a Region
            </Button>
          </>
        }
        columns={[
          { id: 'account', header: 'Account', isRowHeader: true, cell: (one) => one.accountId },
          { id: 'region', header: 'Region', cell: (one) => one.region },
          {
            id: 'status',
            header: 'Status',
            cell: (one) => (
              <StatusIndicator type={one.status === 'ENABLED' ? 'success' : 'stopped'}>
                {one.status === 'ENABLED' ? 'Enabled' : 'Suspended'}
              </StatusIndicator>
            ),
          },
          {
            id: 'features',
            header: 'Features that are on',
            minWidth: 240,
            cell: (one) =>
              one.features
                .filter((feature) => feature.status === 'ENABLED')
                .map((feature) => words(feature.name))
                .join(', '),
          },
          { id: 'updated', header: 'Changed', cell: (one) => shownTime(one.updatedAt, settings.zone) },
        ]}
        empty="There is no detector: nothing is analysed."
      />
      {open === 'change' && chosen !== undefined ? <Change one={chosen} all={all} onClose={close} /> : null}
      {open === 'enable' ? <Enable onClose={close} /> : null}
    </>
  );
}

/** `S3_DATA_EVENTS` as people read it. */
function words(name: string): string {
  const text = name.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function Change({ one, all, onClose }: { one: Detector; all: readonly Detector[]; onClose: () => void }) {
  const { accountId } = useSession();
  const [enabled, setEnabled] = useState(one.status === 'ENABLED');
  const [on, setOn] = useState(
    () => new Set(one.features.filter((feature) => feature.status === 'ENABLED').map((feature) => feature.name)),
  );
  const features = one.features.filter((feature) => !FIXED.has(feature.name));
  const isOwn = one.accountId === accountId;
  const save = async () => {
    const changed = features
      .filter((feature) => (feature.status === 'ENABLED') !== on.has(feature.name))
      .map(({ name }) => ({ name, status: on.has(name) ? 'ENABLED' : 'DISABLED' }));
    if (isOwn) {
      await guardduty(
        'UpdateDetector',
        {
          DetectorId: one.detectorId,
          enable: enabled,
          features: changed as UpdateDetectorRequest['features'],
        },
        one.region,
      );
      return;
    }
    const administrator = all.find((other) => other.accountId === accountId && other.region === one.region);
    if (administrator === undefined) {
      throw new Error(`Your account has no detector in ${one.region}, by which members are changed.`);
    }
    const answer = await guardduty(
      'UpdateMemberDetectors',
      {
        DetectorId: administrator.detectorId,
        accountIds: [one.accountId],
        features: changed as UpdateMemberDetectorsRequest['features'],
      },
      one.region,
    );
    const refused = answer.unprocessedAccounts[0];
    if (refused !== undefined) {
      throw new Error(refused.result);
    }
  };
  return (
    <Dialog title={`Detector of ${one.accountId} in ${one.region}`} act="Save detector" onAct={save} onClose={onClose}>
      {isOwn ? (
        <Toggle
          checked={enabled}
          onChange={({ detail }) => {
            setEnabled(detail.checked);
          }}
        >
          Enabled
        </Toggle>
      ) : (
        <Box>The account itself enables or suspends its detector; its features are yours to set.</Box>
      )}
      <FormField label="Features" description="CloudTrail, flow logs and DNS logs are always analysed.">
        <SpaceBetween size="xs">
          {features.map((feature) => (
            <Toggle
              key={feature.name}
              checked={on.has(feature.name)}
              onChange={({ detail }) => {
                const next = new Set(on);
                if (detail.checked) {
                  next.add(feature.name);
                } else {
                  next.delete(feature.name);
                }
                setOn(next);
              }}
            >
              {words(feature.name)}
            </Toggle>
          ))}
        </SpaceBetween>
      </FormField>
    </Dialog>
  );
}

function Enable({ onClose }: { onClose: () => void }) {
  const [region, setRegion] = useState('');
  return (
    <Dialog
      title="Enable a Region"
      act="Enable"
      disabled={!/^[a-z0-9-]{1,32}$/.test(region)}
      onAct={() => guardduty('CreateDetector', { enable: true }, region)}
      onClose={onClose}
    >
      <FormField label="Region" description="As AWS writes it, such as eu-central-1; the detector is your account's.">
        <Input
          value={region}
          onChange={({ detail }) => {
            setRegion(detail.value.trim());
          }}
        />
      </FormField>
    </Dialog>
  );
}
