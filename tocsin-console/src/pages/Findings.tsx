import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Flashbar from '@cloudscape-design/components/flashbar';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import PropertyFilter from '@cloudscape-design/components/property-filter';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useDeferredValue, useRef, useState } from 'react';
import { STATUS_WORDS, type CaseStatus } from '../api/cases';
import {
  archive,
  giveFeedback,
  search,
  type CaseFilter,
  type Criterion,
  type GroupBy,
  type Row,
  type Sort,
} from '../api/findings';
import { CaseBulk } from '../parts/CaseBulk';
import { Views } from '../parts/Views';
import { useLive } from '../parts/live';
import { Priority, Severity } from '../parts/marks';
import { address, go } from '../parts/route';
import { ownerName, useMayWrite, useSession } from '../parts/session';
import { useSettings } from '../parts/settings';
import { shownTime } from '../parts/times';
import { PROPERTIES, criterion, read, written } from './criteria';
import { Export } from './findings/Export';
import { Groups } from './findings/Groups';
import { GROUPINGS } from './findings/groups';
import { useRowKeys } from './findings/keys';

const PAGE = 50;

/** Rows that are drawn at once, about a screen of them; the others follow, so that nobody waits for what is below. */
const FIRST = 10;

const NONE: Row[] = [];

const STATES = [
  { value: 'current', label: 'Current' },
  { value: 'archived', label: 'Archived' },
  { value: 'all', label: 'All' },
];

const CASES: { value: string; label: string }[] = [
  { value: '', label: 'Any case' },
  { value: 'mine', label: 'Mine' },
  ...(Object.keys(STATUS_WORDS) as CaseStatus[]).map((value) => ({ value, label: STATUS_WORDS[value] })),
];

interface View {
  filter: string[];
  /** How far the case is, mine, or empty for any. */
  work: string;
  state: string;
  group: string;
  sort: string;
  order: Sort['orderBy'];
}

function viewOf(query: URLSearchParams): View {
  return {
    filter: query.getAll('filter'),
    work: query.get('case') ?? '',
    state: query.get('state') ?? 'current',
    group: query.get('group') ?? '',
    sort: query.get('sort') ?? 'severity',
    order: query.get('order') === 'ASC' ? 'ASC' : 'DESC',
  };
}

function addressOf(view: View): string {
  const query = new URLSearchParams();
  view.filter.forEach((one) => {
    query.append('filter', one);
  });
  if (view.work !== '') {
    query.set('case', view.work);
  }
  query.set('state', view.state);
  if (view.group !== '') {
    query.set('group', view.group);
  }
  query.set('sort', view.sort);
  query.set('order', view.order);
  return `#/findings?${query.toString()}`;
}

export default function Findings({ query }: { query: URLSearchParams }) {
  const view = viewOf(query);
  const key = addressOf(view);
  const by = GROUPINGS.find((one) => one.value === view.group)?.by;
  return by === undefined ? <List key={key} view={view} /> : <Grouped key={key} view={view} by={by} />;
}

function List({ view }: { view: View }) {
  const settings = useSettings();
  const mayWrite = useMayWrite();
  const [tokens, setTokens] = useState<string[]>(['']);
  const [page, setPage] = useState(0);
  const [selected, setSelected] = useState<Row[]>([]);
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const conditions = conditionsOf(view);
  const token = tokens[page] ?? '';
  const work = useWork(view);
  const loaded = useLive(
    token,
    async () => {
      const answer = await search(conditions, { attributeName: view.sort, orderBy: view.order }, PAGE, token, work);
      setTokens((before) =>
        answer.nextToken === '' || before[page + 1] === answer.nextToken
          ? before
          : [...before.slice(0, page + 1), answer.nextToken],
      );
      return answer;
    },
    page === 0,
  );
  const show = (change: Partial<View>) => {
    go(addressOf({ ...view, ...change }));
  };
  const run = async (what: (ids: string[]) => Promise<void>) => {
    setBusy(true);
    try {
      await what(selected.map((row) => row.id));
      setSelected([]);
      setTrouble('');
    } catch (e) {
      setTrouble(e instanceof Error ? e.message : String(e));
    }
    setBusy(false);
    loaded.again();
  };
  const change = (archived: boolean) => run((ids) => archive(ids, archived));
  const rows = loaded.value?.findings ?? NONE;
  const drawn = useFirst(rows);
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list, {
    select: (index) => {
      const row = rows[index];
      if (row !== undefined) {
        setSelected((before) =>
          before.some((one) => one.id === row.id) ? before.filter((one) => one.id !== row.id) : [...before, row],
        );
      }
    },
    archive: () => {
      if (selected.length > 0 && !busy && mayWrite) {
        void change(view.state !== 'archived');
      }
    },
  });
  const more = (loaded.value?.nextToken ?? '') !== '';
  const problem = trouble === '' ? loaded.error : trouble;
  return (
    <SpaceBetween size="m">
      {problem === undefined ? null : (
        <Flashbar items={[{ type: 'error', content: problem, buttonText: 'Try again', onButtonClick: loaded.again }]} />
      )}
      <div ref={list}>
        <Table
          variant="full-page"
          stickyHeader
          wrapLines
          loading={loaded.value === undefined && loaded.error === undefined}
          loadingText="Findings are loaded"
          items={drawn}
          trackBy="id"
          selectionType="multi"
          selectedItems={selected}
          onSelectionChange={({ detail }) => {
            setSelected(detail.selectedItems);
          }}
          ariaLabels={{
            selectionGroupLabel: 'Findings',
            allItemsSelectionLabel: () => 'Select all on this page',
            itemSelectionLabel: (_, row) => `Select ${row.title}`,
            tableLabel: 'Findings',
          }}
          sortingColumn={{ sortingField: view.sort }}
          sortingDescending={view.order === 'DESC'}
          onSortingChange={({ detail }) => {
            show({
              sort: detail.sortingColumn.sortingField ?? 'severity',
              order: detail.isDescending === true ? 'DESC' : 'ASC',
            });
          }}
          header={
            <Header
              variant="h1"
              counter={
                rows.length === 0
                  ? ''
                  : `(${page * PAGE + 1} to ${page * PAGE + rows.length}${more ? ' and more' : ''})`
              }
              actions={
                <SpaceBetween direction="horizontal" size="xs">
                  <Button iconName="refresh" ariaLabel="Refresh" onClick={loaded.again} />
                  <Views page="findings" query={addressOf(view).split('?', 2)[1] ?? ''} onTrouble={setTrouble} />
                  <CaseBulk
                    ids={selected.map((row) => row.id)}
                    onDone={(refused) => {
                      setTrouble(refused);
                      setSelected([]);
                      loaded.again();
                    }}
                  />
                  <Button
                    disabled={selected.length === 0 || !mayWrite}
                    loading={busy}
                    onClick={() => void change(view.state !== 'archived')}
                  >
                    {view.state === 'archived' ? 'Take back' : 'Archive'}
                  </Button>
                  <ButtonDropdown
                    disabled={selected.length === 0 || busy || !mayWrite}
                    items={[
                      { id: 'USEFUL', text: 'Useful' },
                      { id: 'NOT_USEFUL', text: 'Not useful: usual from now on' },
                    ]}
                    onItemClick={({ detail }) =>
                      void run((ids) => giveFeedback(ids, detail.id === 'USEFUL' ? 'USEFUL' : 'NOT_USEFUL'))
                    }
                  >
                    Feedback
                  </ButtonDropdown>
                  <Export
                    criterion={conditions}
                    work={work}
                    sort={{ attributeName: view.sort, orderBy: view.order }}
                    onTrouble={setTrouble}
                  />
                </SpaceBetween>
              }
            >
              Findings
            </Header>
          }
          filter={<FilterBar view={view} show={show} />}
          pagination={
            <Pagination
              currentPageIndex={page + 1}
              pagesCount={more ? page + 2 : page + 1}
              openEnd={more}
              ariaLabels={{
                nextPageLabel: 'Next page',
                previousPageLabel: 'Previous page',
                pageLabel: (one) => `Page ${one}`,
              }}
              onChange={({ detail }) => {
                setPage(Math.min(detail.currentPageIndex, tokens.length) - 1);
                setSelected([]);
              }}
            />
          }
          columnDefinitions={[
            {
              id: 'severity',
              header: 'Severity',
              sortingField: 'severity',
              minWidth: 100,
              cell: (row) => <Severity value={row.severity} />,
            },
            { id: 'priority', header: 'Look', minWidth: 70, cell: (row) => <Priority level={row.priority?.level} /> },
            {
              id: 'title',
              header: 'Finding',
              minWidth: 280,
              isRowHeader: true,
              cell: (row) => (
                <>
                  <Link href={address('findings', row.id)}>{row.title}</Link>
                  <Box variant="small" color="text-body-secondary" display="block">
                    {row.type}
                  </Box>
                </>
              ),
            },
            {
              id: 'resource',
              header: 'Resource',
              minWidth: 160,
              cell: (row) => row.resourceId ?? row.resourceType ?? '',
            },
            {
              id: 'account',
              header: 'Account',
              sortingField: 'accountId',
              minWidth: 130,
              cell: (row) => row.accountId,
            },
            { id: 'region', header: 'Region', sortingField: 'region', minWidth: 120, cell: (row) => row.region },
            {
              id: 'case',
              header: 'Case',
              minWidth: 110,
              cell: (row) => (
                <>
                  {STATUS_WORDS[row.caseStatus ?? 'NEW']}
                  <Box variant="small" color="text-body-secondary" display="block">
                    {row.owner ?? ''}
                  </Box>
                </>
              ),
            },
            { id: 'count', header: 'Count', minWidth: 80, cell: (row) => row.count },
            {
              id: 'updated',
              header: 'Updated',
              sortingField: 'updatedAt',
              minWidth: 170,
              cell: (row) => shownTime(row.updatedAt, settings.zone),
            },
          ]}
          empty={
            <Box textAlign="center" margin={{ vertical: 'm' }}>
              <b>No findings</b>
              <Box variant="p">
                {view.filter.length > 0 || view.work !== ''
                  ? 'None matches the filter.'
                  : 'No findings is only good news where something could have been found:'}{' '}
                <Link href={address('coverage')}>see what is covered</Link>.
              </Box>
            </Box>
          }
        />
      </div>
    </SpaceBetween>
  );
}

/** Of the first rows that come a screen full, all when that is drawn; later ones take their places at once. */
function useFirst(rows: Row[]): Row[] {
  const before = useDeferredValue(rows);
  return before.length === 0 && rows.length > FIRST ? rows.slice(0, FIRST) : rows;
}

function FilterBar({ view, show }: { view: View; show: (change: Partial<View>) => void }) {
  return (
    <SpaceBetween size="xs" direction="horizontal">
      <PropertyFilter
        query={{ tokens: read(view.filter), operation: 'and' }}
        filteringProperties={PROPERTIES}
        hideOperations
        filteringPlaceholder="Filter findings"
        filteringAriaLabel="Filter findings"
        i18nStrings={{
          applyActionText: 'Apply',
          cancelActionText: 'Cancel',
          clearFiltersText: 'Clear filters',
          removeTokenButtonAriaLabel: (one) => `Remove ${one.propertyLabel}`,
          enteredTextLabel: (value) => `Use: ${value}`,
        }}
        onChange={({ detail }) => {
          show({ filter: written(detail.tokens) });
        }}
      />
      <Select
        ariaLabel="State"
        selectedOption={STATES.find((state) => state.value === view.state) ?? null}
        options={STATES}
        onChange={({ detail }) => {
          show({ state: detail.selectedOption.value ?? 'current' });
        }}
      />
      <Select
        ariaLabel="Case"
        selectedOption={CASES.find((one) => one.value === view.work) ?? null}
        options={CASES}
        onChange={({ detail }) => {
          show({ work: detail.selectedOption.value ?? '' });
        }}
      />
      <Select
        ariaLabel="Grouping"
        selectedOption={GROUPINGS.find((one) => one.value === view.group) ?? null}
        options={GROUPINGS}
        onChange={({ detail }) => {
          show({ group: detail.selectedOption.value ?? '' });
        }}
      />
    </SpaceBetween>
  );
}

/** What `view` asks of the work on findings. */
function useWork(view: View): CaseFilter {
  const session = useSession();
  return view.work === 'mine'
    ? { owner: [ownerName(session)] }
    : view.work === ''
      ? {}
      : { status: [view.work as CaseStatus] };
}

/** What `view` asks of the API. */
function conditionsOf(view: View): Criterion {
  const conditions = criterion(read(view.filter));
  if (view.state !== 'all') {
    conditions['service.archived'] = { equals: [String(view.state === 'archived')] };
  }
  return conditions;
}

function Grouped({ view, by }: { view: View; by: GroupBy }) {
  return (
    <Groups
      by={by}
      criterion={conditionsOf(view)}
      work={useWork(view)}
      listed={(filters) => addressOf({ ...view, group: '', filter: [...view.filter, ...filters] })}
      header={<Header variant="h1">Findings</Header>}
      filter={
        <FilterBar
          view={view}
          show={(change) => {
            go(addressOf({ ...view, ...change }));
          }}
        />
      }
    />
  );
}
