import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  ArchiveFindingsCommand,
  CreateDetectorCommand,
  DeleteDetectorCommand,
  GetFindingsCommand,
  GetFindingsStatisticsCommand,
  ListFindingsCommand,
  UnarchiveFindingsCommand,
  UpdateFindingsFeedbackCommand,
} from '@aws-sdk/client-guardduty';
import { call, refused } from './client.mjs';

let DetectorId;
let all;

before(async () => {
  ({ DetectorId } = await call(new CreateDetectorCommand({ Enable: true })));
  all = await findings(await list());
});
after(() => call(new DeleteDetectorCommand({ DetectorId })));

async function list(Criterion, more = {}) {
  const criteria = Criterion ? { FindingCriteria: { Criterion } } : {};
  return (await call(new ListFindingsCommand({ DetectorId, ...criteria, ...more }))).FindingIds;
}

async function findings(FindingIds) {
  return (await call(new GetFindingsCommand({ DetectorId, FindingIds }))).Findings;
}

const ids = (some) => some.map((finding) => finding.Id).sort();

test('findings are listed and shown whole', () => {
  assert.ok(all.length >= 8, `${all.length} findings`);
  for (const finding of all) {
    assert.match(finding.Arn, new RegExp(`^arn:aws:guardduty:eu-central-1:${finding.AccountId}:detector/${DetectorId}/finding/${finding.Id}$`));
    assert.equal(finding.SchemaVersion, '2.0');
    assert.equal(finding.Service.DetectorId, DetectorId);
    assert.equal(finding.Service.Archived, false);
    assert.equal(finding.Service.AdditionalInfo.Type, 'default');
    JSON.parse(finding.Service.AdditionalInfo.Value);
  }
});

test('both generations of operators mean the same', async () => {
  const high = ids(all.filter((finding) => finding.Severity >= 7));
  assert.ok(high.length > 0);
  assert.deepEqual((await list({ severity: { Gte: 7 } })).sort(), high);
  assert.deepEqual((await list({ severity: { GreaterThanOrEqual: 7 } })).sort(), high);
  assert.deepEqual((await list({ severity: { Eq: ['8', '8.0'] } })).sort(), ids(all.filter((f) => f.Severity === 8)));
  const type = all[0].Type;
  assert.deepEqual((await list({ type: { Equals: [type] } })).sort(), ids(all.filter((f) => f.Type === type)));
  assert.deepEqual((await list({ type: { Neq: [type] } })).sort(), ids(all.filter((f) => f.Type !== type)));
  const since = Date.parse(all[0].UpdatedAt);
  assert.deepEqual(
    (await list({ updatedAt: { Gt: since } })).sort(),
    ids(all.filter((f) => Date.parse(f.UpdatedAt) > since)),
  );
});

test('attributes deep in the finding are criteria, several are joined by and', async () => {
  const keyed = all.find((finding) => finding.Resource.AccessKeyDetails?.UserName);
  const { UserName } = keyed.Resource.AccessKeyDetails;
  const expected = all.filter((f) => f.Resource.AccessKeyDetails?.UserName === UserName && f.Severity < 7);
  const criteria = { 'resource.accessKeyDetails.userName': { Equals: [UserName] }, severity: { Lt: 7 } };
  assert.deepEqual((await list(criteria)).sort(), ids(expected));
  await refused(
    new ListFindingsCommand({ DetectorId, FindingCriteria: { Criterion: { 'no.such': { Equals: ['x'] } } } }),
    'BadRequestException',
    'no.such',
  );
});

test('pages hold all findings once, in every order', async () => {
  for (const SortCriteria of [
    undefined,
    { AttributeName: 'severity', OrderBy: 'DESC' },
    { AttributeName: 'updatedAt', OrderBy: 'ASC' },
    { AttributeName: 'type', OrderBy: 'ASC' },
    { AttributeName: 'resource.accessKeyDetails.userName', OrderBy: 'DESC' },
  ]) {
    const met = [];
    let NextToken = '';
    do {
      const page = await call(new ListFindingsCommand({ DetectorId, MaxResults: 3, NextToken, SortCriteria }));
      met.push(...page.FindingIds);
      NextToken = page.NextToken;
    } while (NextToken);
    assert.deepEqual([...met].sort(), ids(all));
    if (SortCriteria?.AttributeName === 'severity') {
      const severities = met.map((id) => all.find((finding) => finding.Id === id).Severity);
      assert.deepEqual(severities, [...severities].sort((a, b) => b - a));
    }
  }
  await refused(new ListFindingsCommand({ DetectorId, NextToken: 'made-up!' }), 'BadRequestException', 'nextToken');
});

test('archived findings are told apart and come back', async () => {
  const [first] = ids(all);
  await call(new ArchiveFindingsCommand({ DetectorId, FindingIds: [first] }));
  assert.deepEqual(await list({ 'service.archived': { Eq: ['true'] } }), [first]);
  assert.equal((await list({ 'service.archived': { Eq: ['false'] } })).length, all.length - 1);
  assert.equal((await list()).length, all.length);
  assert.equal((await findings([first]))[0].Service.Archived, true);
  await call(new UnarchiveFindingsCommand({ DetectorId, FindingIds: [first] }));
  assert.deepEqual(await list({ 'service.archived': { Eq: ['true'] } }), []);
});

test('feedback is kept; unknown ids are left out', async () => {
  const [first] = ids(all);
  await call(
    new UpdateFindingsFeedbackCommand({ DetectorId, FindingIds: [first], Feedback: 'NOT_USEFUL', Comments: 'ours' }),
  );
  assert.equal((await findings([first]))[0].Service.UserFeedback, 'NOT_USEFUL');
  assert.deepEqual(await findings(['00000000000000000000000000000000']), []);
  assert.deepEqual(await findings([]), []);
});

test('statistics count what lists show', async () => {
  const of = async (input) =>
    (await call(new GetFindingsStatisticsCommand({ DetectorId, ...input }))).FindingStatistics;
  const old = await of({ FindingStatisticTypes: ['COUNT_BY_SEVERITY'] });
  const total = Object.values(old.CountBySeverity).reduce((sum, count) => sum + count, 0);
  assert.equal(total, all.length);
  for (const [GroupBy, member] of [
    ['ACCOUNT', 'GroupedByAccount'],
    ['DATE', 'GroupedByDate'],
    ['FINDING_TYPE', 'GroupedByFindingType'],
    ['RESOURCE', 'GroupedByResource'],
    ['SEVERITY', 'GroupedBySeverity'],
  ]) {
    const groups = (await of({ GroupBy }))[member];
    assert.equal(
      groups.reduce((sum, group) => sum + group.TotalFindings, 0),
      all.length,
      GroupBy,
    );
    assert.ok(groups.every((group) => group.LastGeneratedAt instanceof Date));
  }
  await refused(
    new GetFindingsStatisticsCommand({ DetectorId, GroupBy: 'SEVERITY', FindingStatisticTypes: ['COUNT_BY_SEVERITY'] }),
    'BadRequestException',
    'exclude each other',
  );
});
