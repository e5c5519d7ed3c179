import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  CreateDetectorCommand,
  CreateFilterCommand,
  DeleteDetectorCommand,
  DeleteFilterCommand,
  GetFilterCommand,
  GetFindingsCommand,
  ListFiltersCommand,
  ListFindingsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UnarchiveFindingsCommand,
  UntagResourceCommand,
  UpdateFilterCommand,
} from '@aws-sdk/client-guardduty';
import { call, refused } from './client.mjs';

let DetectorId;
before(async () => {
  ({ DetectorId } = await call(new CreateDetectorCommand({ Enable: true })));
});
after(() => call(new DeleteDetectorCommand({ DetectorId })));

const create = (Name, Criterion, more = {}) =>
  call(new CreateFilterCommand({ DetectorId, Name, FindingCriteria: { Criterion }, ...more }));

test('a filter comes back as it was made', async () => {
  assert.deepEqual(await create('high-only', { severity: { Gte: 7 } }, { Description: '' }), { Name: 'high-only' });
  const filter = await call(new GetFilterCommand({ DetectorId, FilterName: 'high-only' }));
  assert.deepEqual(filter.FindingCriteria, { Criterion: { severity: { Gte: 7 } } });
  assert.equal(filter.Action, 'NOOP');
  assert.equal(filter.Rank, 1);
  assert.equal(filter.Version, 1);
  assert.ok(filter.CreatedAt instanceof Date);

  await call(new UpdateFilterCommand({ DetectorId, FilterName: 'high-only', Rank: 7 }));
  const changed = await call(new GetFilterCommand({ DetectorId, FilterName: 'high-only' }));
  assert.equal(changed.Rank, 7);
  assert.equal(changed.Version, 2);

  await refused(
    new CreateFilterCommand({ DetectorId, Name: 'high-only', FindingCriteria: { Criterion: { type: { Eq: ['x'] } } } }),
    'BadRequestException',
    'already exists',
  );
  await create('second', { type: { Equals: ['x'] } });
  const { FilterNames, NextToken } = await call(new ListFiltersCommand({ DetectorId, MaxResults: 1 }));
  assert.deepEqual(FilterNames, ['high-only']);
  assert.deepEqual((await call(new ListFiltersCommand({ DetectorId, NextToken }))).FilterNames, ['second']);

  for (const FilterName of ['high-only', 'second']) await call(new DeleteFilterCommand({ DetectorId, FilterName }));
  await refused(
    new GetFilterCommand({ DetectorId, FilterName: 'second' }),
    'BadRequestException',
    'The request is rejected since no such resource found.',
  );
});

test('a suppression rule archives what is there, by any attribute, with patterns', async () => {
  const all = (await call(new ListFindingsCommand({ DetectorId }))).FindingIds;
  await create('no-tests', { type: { Matches: ['PenTest:*'] } }, { Action: 'ARCHIVE' });
  const archived = (
    await call(new ListFindingsCommand({ DetectorId, FindingCriteria: { Criterion: { 'service.archived': { Eq: ['true'] } } } }))
  ).FindingIds;
  const types = (await call(new GetFindingsCommand({ DetectorId, FindingIds: all }))).Findings.filter((f) =>
    f.Type.startsWith('PenTest:'),
  ).map((f) => f.Id);
  assert.ok(types.length > 0);
  assert.deepEqual(archived.sort(), types.sort());
  await call(new UnarchiveFindingsCommand({ DetectorId, FindingIds: archived }));
  await call(new DeleteFilterCommand({ DetectorId, FilterName: 'no-tests' }));
});

test('wrong filters are refused', async () => {
  const wrong = (Criterion, text, more) =>
    refused(
      new CreateFilterCommand({ DetectorId, Name: 'wrong', FindingCriteria: { Criterion }, ...more }),
      'BadRequestException',
      text,
    );
  await wrong({}, 'findingCriteria');
  await wrong({ 'no.such': { Eq: ['x'] } }, 'no.such');
  await wrong({ 'service.runtimeDetails.process.euid': { Equals: ['0'] } }, 'ARCHIVE');
  await wrong({ type: { Equals: ['x'] } }, 'name', { Name: 'a b c' });
  await wrong({ type: { Equals: ['x'] } }, 'rank', { Rank: 101 });
});

test('tags live in what they belong to', async () => {
  await create('tagged', { type: { Equals: ['x'] } }, { Tags: { a: '1' } });
  const region = process.env.AWS_REGION;
  const ResourceArn = `arn:aws:guardduty:${region}:${process.env.TOCSIN_ACCOUNT}:detector/${DetectorId}/filter/tagged`;
  await call(new TagResourceCommand({ ResourceArn, Tags: { b: '2' } }));
  assert.deepEqual((await call(new ListTagsForResourceCommand({ ResourceArn }))).Tags, { a: '1', b: '2' });
  await call(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
  const filter = await call(new GetFilterCommand({ DetectorId, FilterName: 'tagged' }));
  assert.deepEqual(filter.Tags, { b: '2' });
  await call(new DeleteFilterCommand({ DetectorId, FilterName: 'tagged' }));
});
