import Box from '@cloudscape-design/components/box';
import Flashbar from '@cloudscape-design/components/flashbar';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { Loaded } from './loaded';

/** Of a column that says none, in pixels: words are not broken. */
const LEAST_WIDTH = 110;

/** A page's table: what is there, what is on its way, what was refused, and what can be done with a row that is chosen. */
export function Listing<Row>({
  title,
  level = 'h1',
  description,
  loaded,
  items,
  name,
  columns,
  empty,
  actions,
  selected,
  onSelect,
}: {
  title: string;
  level?: 'h1' | 'h2';
  description?: ReactNode;
  loaded: Loaded<unknown>;
  items: readonly Row[];
  name: (row: Row) => string;
  columns: readonly TableProps.ColumnDefinition<Row>[];
  empty: string;
  actions?: ReactNode;
  selected?: Row | undefined;
  onSelect?: (row: Row | undefined) => void;
}) {
  return (
    <SpaceBetween size="m">
      {loaded.error === undefined ? null : (
        <Flashbar
          items={[{ type: 'error', content: loaded.error, buttonText: 'Try again', onButtonClick: loaded.again }]}
        />
      )}
      <Table<Row>
        header={
          <Header
            variant={level}
            counter={loaded.value === undefined ? '' : `(${items.length})`}
            description={description}
            actions={actions === undefined ? undefined : <div className="actions">{actions}</div>}
          >
            {title}
          </Header>
        }
        wrapLines
        loading={loaded.value === undefined && loaded.error === undefined}
        loadingText={`${title} are loaded`}
        items={items}
        trackBy={name}
        columnDefinitions={columns.map((column) => ({ minWidth: LEAST_WIDTH, ...column }))}
        {...(onSelect === undefined
          ? {}
          : {
              selectionType: 'single' as const,
              selectedItems: selected === undefined ? [] : [selected],
              onSelectionChange: ({ detail }: { detail: { selectedItems: Row[] } }) => {
                onSelect(detail.selectedItems[0]);
              },
            })}
        ariaLabels={{
          tableLabel: title,
          selectionGroupLabel: title,
          itemSelectionLabel: (_, row) => `Select ${name(row)}`,
        }}
        empty={<Box textAlign="center">{empty}</Box>}
      />
    </SpaceBetween>
  );
}
