import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { suppressionHits, suppressionPreview, type Detector, type SuppressionPreview } from '../../api/config';
import type { GetFilterResponse } from '../../api/contract';
import { guardduty, pages } from '../../api/guardduty';
import { Dialog } from '../../parts/Dialog';
import { Listing } from '../../parts/Listing';
import { RegionSelect, usePlaces } from '../../parts/Place';
import { useLoaded } from '../../parts/loaded';
import { address, go } from '../../parts/route';
import { useMayWrite } from '../../parts/session';
import { useSettings } from '../../parts/settings';
import { age, shownTime } from '../../parts/times';
import { PROPERTIES, criterion, read, tokens, written } from '../criteria';

const ACTIONS = [
  { value: 'ARCHIVE', label: 'Archive what matches', description: 'a suppression rule' },
  { value: 'NOOP', label: 'Nothing', description: 'a saved filter' },
];

interface Rule extends GetFilterResponse {
  hits?: number;
  lastHit?: string | undefined;
}

async function rules(here: Detector): Promise<Rule[]> {
  const names = await pages(
    (nextToken) => guardduty('ListFilters', { DetectorId: here.detectorId, nextToken }, here.region),
    (answer) => answer.filterNames,
  );
  const found = await Promise.all(
    names.map((FilterName) => guardduty('GetFilter', { DetectorId: here.detectorId, FilterName }, here.region)),
  );
  const hits = new Map((await suppressionHits(here.region)).rules.map((one) => [one.name, one]));
  return found
    .map((one) => ({ ...one, hits: hits.get(one.name)?.hits ?? 0, lastHit: hits.get(one.name)?.lastHit }))
    .sort((a, b) => (a.rank ?? 1) - (b.rank ?? 1));
}

/** The rules of a Region; `filter` of the address begins a new one, which is how other pages suggest a rule. */
export default function Suppression({ query }: { query: URLSearchParams }) {
  const mayWrite = useMayWrite();
  const settings = useSettings();
  const places = usePlaces(query.get('region'));
  const here = places.here;
  const loaded = useLoaded(`rules ${here?.detectorId ?? ''}`, () =>
    here === undefined ? Promise.resolve([]) : rules(here),
  );
  const [selected, setSelected] = useState<Rule>();
  const suggested = query.getAll('filter');
  const [open, setOpen] = useState<'' | 'create' | 'edit' | 'delete'>(suggested.length > 0 ? 'create' : '');
  const [now] = useState(() => Date.now());
  const all = loaded.value ?? [];
  const chosen = all.find((one) => one.name === selected?.name);
  const close = () => {
    setOpen('');
    loaded.again();
  };
  const trouble = places.loaded.error;
  return (
    <>
      <Listing
        title="Suppression rules"
        description="What a rule matches is archived as it comes and does not leave; it is kept, and attack sequences still count it. A lower rank stands first."
        loaded={trouble === undefined ? loaded : places.loaded}
        items={all}
        name={(one) => one.name}
        selected={chosen}
        onSelect={setSelected}
        actions={
          <>
            <RegionSelect
              places={places}
              onChange={(region) => {
                go(address('config', 'suppression', { region }));
              }}
            />
            <Button
              disabled={!mayWrite || chosen === undefined}
              onClick={() => {
                setOpen('edit');
              }}
            >
              Edit
            </Button>
            <Button
              disabled={!mayWrite || chosen === undefined}
              onClick={() => {
                setOpen('delete');
              }}
            >
              Delete
            </Button>
            <Button
              variant="primary"
              disabled={here === undefined}
              onClick={() => {
                setOpen('create');
              }}
            >
              Create rule
            </Button>
          </>
        }
        columns={[
          { id: 'rank', header: 'Rank', cell: (one) => one.rank ?? 1 },
          {
            id: 'name',
            header: 'Name',
            isRowHeader: true,
            cell: (one) => (
              <>
                {one.name}
                <Box variant="small" color="text-body-secondary" display="block">
                  {one.description ?? ''}
                </Box>
              </>
            ),
          },
          {
            id: 'matches',
            header: 'Matches',
            minWidth: 220,
            cell: (one) => written(tokens(one.findingCriteria.criterion ?? {})).join(' and '),
          },
          { id: 'action', header: 'Does', cell: (one) => (one.action === 'ARCHIVE' ? 'Archives' : 'Nothing') },
          { id: 'hits', header: 'Hits in 90 days', cell: (one) => (one.action === 'ARCHIVE' ? one.hits : '') },
          {
            id: 'last',
            header: 'Last hit',
            cell: (one) =>
              one.action !== 'ARCHIVE'
                ? ''
                : one.lastHit === undefined
                  ? 'Never'
                  : `${shownTime(one.lastHit, settings.zone)} (${age(one.lastHit, now)} ago)`,
          },
        ]}
        empty={
          places.loaded.value !== undefined && here === undefined
            ? 'Rules belong to a detector, and your account has none yet.'
            : 'No rule hides anything here.'
        }
      />
      {open === 'create' && here !== undefined ? (
        <Edit here={here} suggested={suggested} mayWrite={mayWrite} onClose={close} />
      ) : null}
      {open === 'edit' && here !== undefined && chosen !== undefined ? (
        <Edit here={here} one={chosen} suggested={[]} mayWrite={mayWrite} onClose={close} />
      ) : null}
      {open === 'delete' && here !== undefined && chosen !== undefined ? (
        <Dialog
          title={`Delete ${chosen.name}?`}
          act="Delete"
          onAct={() => guardduty('DeleteFilter', { DetectorId: here.detectorId, FilterName: chosen.name }, here.region)}
          onClose={close}
        >
          What it has archived stays archived; what comes from now on shows again.
        </Dialog>
      ) : null}
    </>
  );
}

function Edit({
  here,
  one,
  suggested,
  mayWrite,
  onClose,
}: {
  here: Detector;
  one?: Rule;
  suggested: readonly string[];
  mayWrite: boolean;
  onClose: () => void;
}) {
  const [name, setName] = useState(one?.name ?? '');
  const [description, setDescription] = useState(one?.description ?? '');
  const [rank, setRank] = useState(String(one?.rank ?? 1));
  const [action, setAction] = useState<string>(one?.action ?? 'ARCHIVE');
  const [matching, setMatching] = useState<readonly PropertyFilterProps.Token[]>(() =>
    one === undefined ? read(suggested) : tokens(one.findingCriteria.criterion ?? {}),
  );
  const [preview, setPreview] = useState<SuppressionPreview>();
  const [trouble, setTrouble] = useState('');
  const look = () => {
    suppressionPreview(criterion(matching), here.region).then(
      (seen) => {
        setTrouble('');
        setPreview(seen);
      },
      (e: unknown) => {
        setTrouble(e instanceof Error ? e.message : String(e));
      },
    );
  };
  const save = () => {
    const members = {
      DetectorId: here.detectorId,
      description,
      rank: Number(rank),
      action: action as 'ARCHIVE' | 'NOOP',
      findingCriteria: { criterion: criterion(matching) },
    };
    return one === undefined
      ? guardduty('CreateFilter', { ...members, name }, here.region)
      : guardduty('UpdateFilter', { ...members, FilterName: one.name }, here.region);
  };
  return (
    <Dialog
      title={one === undefined ? `Create a rule in ${here.region}` : `Edit ${one.name}`}
      act="Save rule"
      disabled={!mayWrite || name === '' || matching.length === 0 || !/^[1-9]\d{0,2}$/.test(rank)}
      onAct={save}
      onClose={onClose}
    >
      <FormField label="Name" description="3 to 64 letters, digits, dots, underscores and dashes.">
        <Input
          value={name}
          disabled={one !== undefined}
          onChange={({ detail }) => {
            setName(detail.value);
          }}
        />
      </FormField>
      <FormField label="Why" description="For those who meet it in a year.">
        <Input
          value={description}
          onChange={({ detail }) => {
            setDescription(detail.value);
          }}
        />
      </FormField>
      <FormField label="Matches findings with all of" stretch>
        <PropertyFilter
          query={{ tokens: matching, operation: 'and' }}
          filteringProperties={PROPERTIES}
          hideOperations
          expandToViewport
          filteringPlaceholder="Attribute and value"
          filteringAriaLabel="What the rule matches"
          i18nStrings={{
            applyActionText: 'Apply',
            cancelActionText: 'Cancel',
            clearFiltersText: 'Clear',
            removeTokenButtonAriaLabel: (token) => `Remove ${token.propertyLabel}`,
            enteredTextLabel: (value) => `Use: ${value}`,
          }}
          onChange={({ detail }) => {
            setMatching(detail.tokens);
            setPreview(undefined);
          }}
        />
      </FormField>
      <div className="columns">
        <FormField label="Does">
          <Select
            selectedOption={ACTIONS.find((option) => option.value === action) ?? null}
            options={ACTIONS}
            expandToViewport
            onChange={({ detail }) => {
              setAction(detail.selectedOption.value ?? 'ARCHIVE');
            }}
          />
        </FormField>
        <FormField label="Rank" description="1 stands first.">
          <Input
            value={rank}
            inputMode="numeric"
            onChange={({ detail }) => {
              setRank(detail.value);
            }}
          />
        </FormField>
      </div>
      <Button disabled={matching.length === 0} onClick={look}>
        What would it have hidden?
      </Button>
      {trouble === '' ? null : <Alert type="error">{trouble}</Alert>}
      {preview === undefined ? null : <Preview preview={preview} />}
    </Dialog>
  );
}

function Preview({ preview }: { preview: SuppressionPreview }) {
  const broken = preview.brokenSequences.length;
  return (
    <Alert
      type={broken > 0 ? 'warning' : 'info'}
      header={`${preview.hidden} of ${preview.findings} current findings of ${preview.days} days would have been hidden`}
    >
      <SpaceBetween size="xxs">
        {broken > 0 ? <Box>{broken} attack sequences stand on some of them: look at those before you save.</Box> : null}
        {Object.entries(preview.hiddenByType).map(([type, count]) => (
          <Box key={type} variant="small" display="block">
            {count} × {type}
          </Box>
        ))}
        {preview.findingIds.slice(0, 3).map((id) => (
          <Link key={id} href={address('findings', id)} external externalIconAriaLabel="opens in a new tab">
            {id.slice(0, 8)}
          </Link>
        ))}
      </SpaceBetween>
    </Alert>
  );
}
