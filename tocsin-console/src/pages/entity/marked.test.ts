import { expect, test } from 'vitest';
import { marked, type Known } from './marked';

const record = (eventName: string, sourceIPAddress: string, findingIds: string[] = []) => ({
  time: '2026-03-02T13:00:00.000Z',
  fields: { eventSource: 'iam.amazonaws.com', eventName, sourceIPAddress, awsRegion: 'eu-central-1' },
  findingIds,
});

const known = (activeDays: number): Known => ({
  name: 'eve',
  kind: 'identity',
  findings: [],
  recordsLeftOut: 0,
  names: {},
  records: [record('ListUsers', '1'), record('ListUsers', '1'), record('CreateUser', '2', ['gone'])],
  profiles: [
    {
      principal: 'eve',
      accountId: '1',
      activeDays,
      lastDay: '',
      usual: [{ feature: 'APIs', text: 'iam:ListUsers', days: 20, label: 'FREQUENT' }],
      disputed: [],
    },
  ],
});

test('what is new is marked once, and what a grown profile does not have', () => {
  expect(marked(known(20)).map((line) => line.marks)).toEqual([
    [],
    [],
    ['first of this call, address', 'call not in its profile'],
  ]);
});

test('a profile of few days says nothing about what is unusual', () => {
  expect(marked(known(2)).at(-1)?.marks).toEqual(['first of this call, address']);
});

test('a finding that is gone is left out', () => {
  expect(marked(known(2)).at(-1)?.findings).toEqual([]);
});
