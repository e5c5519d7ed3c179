/// <reference types="vite/client" />
import { describe, expect, test } from 'vitest';
import serverList from '../../../../tocsin-server/src/main/resources/dev/tocsin/server/store/finding-attributes.txt?raw';
import type { Row } from '../../api/findings';
import { ATTRIBUTES } from './attributes';
import { cell, csv, heading } from './csv';
import { filtersOf, groupName } from './groups';

describe('cells', () => {
  test.each([
    ['plain', 'plain'],
    [8.5, '8.5'],
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    [-1, '-1'],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['a,b', '"a,b"'],
    ['two\nlines', '"two\nlines"'],
    ['', ''],
  ])('%j', (value, expected) => {
    expect(cell(value)).toBe(expected);
  });

  test('a row has as many cells as the heading', () => {
    const row = { id: '1', title: 't', severity: 8, type: 'A', count: 1, archived: false } as Row;
    expect(csv([row]).split(',').length).toBe(heading().split(',').length);
  });
});

describe('attributes', () => {
  test("are the server's, each with a label of its own", () => {
    const listed = serverList.split('\n').filter((name) => name !== '');
    expect(ATTRIBUTES.map((one) => one.key).toSorted()).toEqual(
      [...listed, 'associatedAttackSequenceArn', 'service.detection.sequence.signals.name'].toSorted(),
    );
    expect(new Set(ATTRIBUTES.map((one) => one.label)).size).toBe(ATTRIBUTES.length);
  });
});

describe('groups', () => {
  test.each([
    ['FINDING_TYPE' as const, { type: 'A:B/C' }, 'A:B/C', ['type=A:B/C']],
    [
      'RESOURCE' as const,
      { account: '1', resourceType: 'Instance', resourceId: 'i-1' },
      'Instance i-1',
      ['resource.resourceType=Instance', 'resource.instanceDetails.instanceId=i-1', 'accountId=1'],
    ],
    [
      'RESOURCE' as const,
      { account: '1', resourceType: 'AttackSequence', resourceId: '' },
      'AttackSequence',
      ['resource.resourceType=AttackSequence', 'accountId=1'],
    ],
    [
      'ATTACK_SEQUENCE' as const,
      { account: '1', value: 'arn:x/finding/f' },
      'f',
      ['associatedAttackSequenceArn=arn:x/finding/f'],
    ],
    ['ACCOUNT' as const, { account: '1' }, '1', ['accountId=1']],
  ])('%s', (by, keys, name, filters) => {
    const group = { ...keys, total: 1, updatedAt: 0 };
    expect(groupName(group)).toBe(name);
    expect(filtersOf(by, group)).toEqual(filters);
  });
});
