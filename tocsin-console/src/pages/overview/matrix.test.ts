import { expect, test } from 'vitest';
import type { TypeInfo } from '../../api/findings';
import { countries, matrix } from './matrix';

const info = (type: string, tactic: string, technique?: string): TypeInfo => ({
  type,
  tactic,
  ...(technique === undefined ? {} : { technique, techniqueName: `${technique} - Name` }),
  severity: 5,
  source: '',
  feature: '',
  resourceType: '',
  needs: [],
  firesWhen: '',
  doesNotSee: '',
  nextSteps: '',
  thresholds: {},
});

test('types are put under tactic and technique, the most first; what is empty stays', () => {
  const groups = [
    { type: 'A', total: 2, updatedAt: 0 },
    { type: 'B', total: 5, updatedAt: 0 },
    { type: 'C', total: 1, updatedAt: 0 },
  ];
  const types = [info('A', 'Impact', 'T1'), info('B', 'Impact', 'T2'), info('C', 'Impact', 'T1')];
  const impact = matrix(groups, types).find((tactic) => tactic.name === 'Impact');
  expect(impact?.total).toBe(8);
  expect(impact?.techniques.map((one) => [one.id, one.name, one.total, one.types])).toEqual([
    ['T2', 'Name', 5, ['B']],
    ['T1', 'Name', 3, ['A', 'C']],
  ]);
  expect(matrix([], types).length).toBe(13);
});

test('a type that the server does not know is counted too', () => {
  expect(matrix([{ type: 'X', total: 3, updatedAt: 0 }], []).at(-1)).toMatchObject({ name: 'Other', total: 3 });
});

test('countries of calls and connections are put together', () => {
  const calls = [
    { value: 'Iceland', account: '1', total: 1, updatedAt: 0 },
    { value: 'Iceland', account: '2', total: 1, updatedAt: 0 },
  ];
  const connections = [{ value: 'Chile', account: '1', total: 3, updatedAt: 0 }];
  expect(countries(calls, connections)).toEqual([
    { name: 'Chile', calls: 0, connections: 3 },
    { name: 'Iceland', calls: 2, connections: 0 },
  ]);
});
