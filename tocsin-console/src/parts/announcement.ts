import type { Told } from './live';

/** What a screen reader says of findings that have come: the gravest of them, and how many there are. */
export function announced({ rows, count }: Told): string {
  const gravest = rows.reduce<Told['rows'][number] | undefined>(
    (before, row) => (before === undefined || row.severity > before.severity ? row : before),
    undefined,
  );
  const many = count === 1 ? '1 finding is new or changed' : `${count} findings are new or changed`;
  return gravest === undefined ? `${many}.` : `${many}: ${count === 1 ? '' : 'the gravest, '}${gravest.title}.`;
}
