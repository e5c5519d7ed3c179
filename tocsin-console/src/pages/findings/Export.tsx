import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import type { CaseFilter, Criterion, Sort } from '../../api/findings';
import { parts, save, type Kind, type Progress } from './download';

const TYPES: Record<Kind, string> = { csv: 'text/csv', json: 'application/json' };

/** Writes all findings that are listed into a file, with progress, until somebody stops it. */
export function Export({
  criterion,
  work,
  sort,
  onTrouble,
}: {
  criterion: Criterion;
  work: CaseFilter;
  sort: Sort;
  onTrouble: (trouble: string) => void;
}) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      running.current?.abort();
    },
    [],
  );
  const run = async (kind: Kind) => {
    const controller = new AbortController();
    running.current = controller;
    setProgress({ done: 0, all: 0 });
    try {
      save(
        `findings.${kind}`,
        TYPES[kind],
        await parts(kind, { criterion, work, sort }, setProgress, controller.signal),
      );
    } catch (e) {
      if (!controller.signal.aborted) {
        onTrouble(e instanceof Error ? e.message : String(e));
      }
    }
    setProgress(null);
  };
  return progress === null ? (
    <ButtonDropdown
      items={[
        { id: 'csv', text: 'CSV for spreadsheets' },
        { id: 'json', text: "JSON as the API's GetFindings" },
      ]}
      onItemClick={({ detail }) => void run(detail.id === 'csv' ? 'csv' : 'json')}
    >
      Export
    </ButtonDropdown>
  ) : (
    <SpaceBetween direction="horizontal" size="xs">
      <span role="status">
        {progress.done.toLocaleString('en')} of {progress.all.toLocaleString('en')} written
      </span>
      <Button
        onClick={() => {
          running.current?.abort();
        }}
      >
        Stop
      </Button>
    </SpaceBetween>
  );
}
