import { expect, test } from 'vitest';
import type { Row } from '../api/findings';
import { announced } from './announcement';

const row = (title: string, severity: number): Row => ({ id: title, title, severity }) as Row;

test.each([
  ['one', [row('A trail was stopped', 5)], 1, '1 finding is new or changed: A trail was stopped.'],
  ['some', [row('A', 5), row('B', 8), row('C', 8)], 3, '3 findings are new or changed: the gravest, B.'],
  ['more than are told', [], 2000, '2000 findings are new or changed.'],
])('%s', (_, rows, count, said) => {
  expect(announced({ rows, count })).toBe(said);
});
