import { describe, expect, test } from 'vitest';
import { criterion, read, tokens, written } from './criteria';

describe('filters of findings', () => {
  test.each([
    ['severity>=high', { severity: { greaterThanOrEqual: 7 } }],
    ['severity<4', { severity: { lessThan: 4 } }],
    ['severity=8', { severity: { equals: ['8'] } }],
    ['type!=A:B/C', { type: { notEquals: ['A:B/C'] } }],
    ['resource.accessKeyDetails.userName=a=b', { 'resource.accessKeyDetails.userName': { equals: ['a=b'] } }],
  ])('%s', (text, expected) => {
    expect(criterion(read([text]))).toEqual(expected);
  });

  test('several values of one attribute are alternatives', () => {
    expect(criterion(read(['region=eu-west-1', 'region=us-east-1']))).toEqual({
      region: { equals: ['eu-west-1', 'us-east-1'] },
    });
  });

  test('what is written is read again', () => {
    const texts = ['severity>=7', 'type=Recon:EC2/Portscan', 'accountId!=111122223333'];
    expect(written(read(texts))).toEqual(texts);
  });

  test('what a rule has is what it was made of', () => {
    const texts = [
      'severity>=7',
      'severity<9',
      'type=Recon:EC2/Portscan',
      'type=Recon:EC2/PortProbe',
      'region!=eu-west-1',
    ];
    expect(written(tokens(criterion(read(texts)))).sort()).toEqual([...texts].sort());
    expect(written(tokens({ severity: { gte: 4 }, type: { eq: ['a'] } }))).toEqual(['severity>=4', 'type=a']);
  });

  test('what is no filter is left out', () => {
    expect(read(['', 'severity', '=3'])).toEqual([]);
  });
});
