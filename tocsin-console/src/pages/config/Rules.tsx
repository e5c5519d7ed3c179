import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Link from '@cloudscape-design/components/link';
import RadioGroup from '@cloudscape-design/components/radio-group';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { ruleHits, type RuleHit } from '../../api/config';
import type { AssociationSummary, RuleSummary } from '../../api/contract';
import { guardduty, pages } from '../../api/guardduty';
import { Dialog } from '../../parts/Dialog';
import { Listing } from '../../parts/Listing';
import { RegionSelect, usePlaces } from '../../parts/Place';
import { useLoaded } from '../../parts/loaded';
import { address, go } from '../../parts/route';
import { useMayWrite } from '../../parts/session';
import { useSettings } from '../../parts/settings';
import { shownTime } from '../../parts/times';

const MODES = [
  { value: 'OFF', label: 'Off' },
  {
    value: 'DRY_RUN',
    label: 'Dry run',
    description: 'Counts what would match, makes no finding, and ends after 14 days.',
  },
  { value: 'LIVE', label: 'Live', description: 'Makes findings.' },
];

/** Rules a page at most that the operation gives. */
const PAGE = 100;

interface Known {
  rule: RuleSummary;
  on: AssociationSummary | undefined;
  hit: RuleHit | undefined;
}

async function rules(region: string): Promise<Known[]> {
  const [library, on, hits] = await Promise.all([
    pages(
      (nextToken) => guardduty('ListCustomDetectionRules', { maxResults: PAGE, nextToken }, region),
      (answer) => answer.rules,
    ),
    pages(
      (nextToken) => guardduty('ListCustomDetectionRuleAssociations', { maxResults: PAGE, nextToken }, region),
      (answer) => answer.ruleAssociations,
    ),
    ruleHits(region),
  ]);
  const known = library.map((rule) => ({
    rule,
    on: on.find((one) => one.ruleId === rule.ruleId),
    hit: hits.find((one) => one.ruleId === rule.ruleId),
  }));
  return known.sort((a, b) => Number(b.on !== undefined) - Number(a.on !== undefined));
}

export default function Rules({ query }: { query: URLSearchParams }) {
  const mayWrite = useMayWrite();
  const settings = useSettings();
  const places = usePlaces(query.get('region'));
  const region = places.here?.region;
  const loaded = useLoaded(`rules ${region ?? ''}`, () => (region === undefined ? Promise.resolve([]) : rules(region)));
  const [selected, setSelected] = useState<Known>();
  const [open, setOpen] = useState(false);
  const all = loaded.value ?? [];
  const chosen = all.find((one) => one.rule.ruleId === selected?.rule.ruleId);
  return (
    <>
      <Listing
        title="Detection rules"
        description="Rules over CloudTrail that are off until you turn them on. Try one by a dry run first: it shows how often it would have spoken."
        loaded={places.loaded.error === undefined ? loaded : places.loaded}
        items={all}
        name={(one) => one.rule.name}
        selected={chosen}
        onSelect={setSelected}
        actions={
          <>
            <RegionSelect
              places={places}
              onChange={(next) => {
                go(address('config', 'rules', { region: next }));
              }}
            />
            <Button
              variant="primary"
              disabled={!mayWrite || chosen === undefined}
              onClick={() => {
                setOpen(true);
              }}
            >
              Set mode
            </Button>
          </>
        }
        columns={[
          {
            id: 'name',
            header: 'Rule',
            isRowHeader: true,
            minWidth: 260,
            cell: ({ rule }) => (
              <>
                {rule.name}
                <Box variant="small" color="text-body-secondary" display="block">
                  {rule.description}
                </Box>
              </>
            ),
          },
          {
            id: 'mode',
            header: 'Mode',
            cell: ({ on }) => (
              <StatusIndicator type={on === undefined ? 'stopped' : on.mode === 'LIVE' ? 'success' : 'in-progress'}>
                {on === undefined ? 'Off' : on.mode === 'LIVE' ? 'Live' : 'Dry run'}
              </StatusIndicator>
            ),
          },
          {
            id: 'ends',
            header: 'Ends',
            cell: ({ on }) =>
              on?.expiresAt === undefined ? '' : shownTime(new Date(on.expiresAt * 1000).toISOString(), settings.zone),
          },
          {
            id: 'hits',
            header: 'Hits',
            minWidth: 120,
            cell: ({ on, hit }) =>
              on === undefined || hit === undefined ? (
                ''
              ) : on.mode === 'LIVE' ? (
                <Link href={address('findings', '', { filter: `service.detection.sequence.signals.name=${hit.name}` })}>
                  {hit.findings}
                </Link>
              ) : (
                `${hit.matchesTried} since the start`
              ),
          },
          { id: 'severity', header: 'Severity', cell: ({ rule }) => rule.severity.toLowerCase() },
          { id: 'tactic', header: 'Tactic', cell: ({ rule }) => rule.tactic },
          { id: 'service', header: 'Service', cell: ({ rule }) => rule.service },
        ]}
        empty={
          places.loaded.value !== undefined && region === undefined
            ? 'Rules are turned on in a Region, and your account has no detector yet.'
            : 'There are no rules.'
        }
      />
      {open && chosen !== undefined && region !== undefined ? (
        <Mode
          one={chosen}
          region={region}
          onClose={() => {
            setOpen(false);
            loaded.again();
          }}
        />
      ) : null}
    </>
  );
}

function Mode({ one, region, onClose }: { one: Known; region: string; onClose: () => void }) {
  const { rule, on } = one;
  const [mode, setMode] = useState<string>(on?.mode ?? 'DRY_RUN');
  const save = async () => {
    const wanted = mode as 'LIVE' | 'DRY_RUN';
    if (on === undefined) {
      if (mode !== 'OFF') {
        await guardduty('CreateCustomDetectionRuleAssociation', { ruleId: rule.ruleId, mode: wanted }, region);
      }
    } else {
      const of = { RuleId: rule.ruleId, AssociationId: on.associationId };
      await (mode === 'OFF'
        ? guardduty('DeleteCustomDetectionRuleAssociation', of, region)
        : guardduty('UpdateCustomDetectionRuleAssociation', { ...of, mode: wanted }, region));
    }
  };
  return (
    <Dialog title={rule.name} act="Save mode" onAct={save} onClose={onClose}>
      <FormField label={`Mode in ${region}`}>
        <RadioGroup
          value={mode}
          items={MODES}
          onChange={({ detail }) => {
            setMode(detail.value);
          }}
        />
      </FormField>
    </Dialog>
  );
}
