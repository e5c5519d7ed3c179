import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import * as api from '@aws-sdk/client-guardduty';
import { call, refused } from './client.mjs';

let DetectorId;
before(async () => {
  ({ DetectorId } = await call(new api.CreateDetectorCommand({ Enable: true })));
});
after(() => call(new api.DeleteDetectorCommand({ DetectorId })));

test('samples are marked, and counted when they are made again', async () => {
  await call(new api.CreateSampleFindingsCommand({ DetectorId }));
  const { FindingIds } = await call(new api.ListFindingsCommand({ DetectorId }));
  await call(new api.CreateSampleFindingsCommand({ DetectorId }));
  assert.deepEqual((await call(new api.ListFindingsCommand({ DetectorId }))).FindingIds, FindingIds);
  const { Findings } = await call(new api.GetFindingsCommand({ DetectorId, FindingIds }));
  assert.equal(Findings.length, FindingIds.length);
  for (const finding of Findings) {
    assert.ok(finding.Title.startsWith('[SAMPLE] '), finding.Title);
    assert.equal(finding.Service.Count, 2);
    assert.equal(JSON.parse(finding.Service.AdditionalInfo.Value).sample, true);
    assert.equal(finding.Region, process.env.AWS_REGION);
  }
  await refused(
    new api.CreateSampleFindingsCommand({ DetectorId, FindingTypes: ['No:Such/Type'] }),
    'BadRequestException',
    'No:Such/Type',
  );
});

test('a destination is kept through its states', async () => {
  const DestinationProperties = {
    DestinationArn: 'arn:aws:s3:::findings',
    KmsKeyArn: 'arn:aws:kms:us-east-1:210987654321:key/0a1b',
  };
  const { DestinationId } = await call(
    new api.CreatePublishingDestinationCommand({ DetectorId, DestinationType: 'S3', DestinationProperties }),
  );
  const shown = await call(new api.DescribePublishingDestinationCommand({ DetectorId, DestinationId }));
  assert.ok(['PENDING_VERIFICATION', 'PUBLISHING'].includes(shown.Status), shown.Status);
  assert.deepEqual(shown.DestinationProperties, DestinationProperties);
  const { Destinations } = await call(new api.ListPublishingDestinationsCommand({ DetectorId }));
  assert.deepEqual(Destinations.map((one) => one.DestinationId), [DestinationId]);
  await call(new api.UpdatePublishingDestinationCommand({ DetectorId, DestinationId, DestinationProperties }));
  await call(new api.DeletePublishingDestinationCommand({ DetectorId, DestinationId }));
  await refused(
    new api.DescribePublishingDestinationCommand({ DetectorId, DestinationId }),
    'BadRequestException',
    'The request is rejected because the one or more input parameters have invalid values.',
  );
});

test('malware plans and scans are kept, without a result', async () => {
  const Role = 'arn:aws:iam::210987654321:role/scan';
  const plan = { Role, ProtectedResource: { S3Bucket: { BucketName: 'uploads', ObjectPrefixes: ['in/'] } } };
  const { MalwareProtectionPlanId } = await call(new api.CreateMalwareProtectionPlanCommand(plan));
  await refused(new api.CreateMalwareProtectionPlanCommand(plan), 'ConflictException', 'plan');
  await call(
    new api.UpdateMalwareProtectionPlanCommand({ MalwareProtectionPlanId, Actions: { Tagging: { Status: 'ENABLED' } } }),
  );
  const kept = await call(new api.GetMalwareProtectionPlanCommand({ MalwareProtectionPlanId }));
  assert.equal(kept.Status, 'WARNING');
  assert.equal(kept.Actions.Tagging.Status, 'ENABLED');
  assert.ok(kept.CreatedAt instanceof Date);
  await call(new api.TagResourceCommand({ ResourceArn: kept.Arn, Tags: { a: 'b' } }));
  assert.deepEqual((await call(new api.ListTagsForResourceCommand({ ResourceArn: kept.Arn }))).Tags, { a: 'b' });
  const { MalwareProtectionPlans } = await call(new api.ListMalwareProtectionPlansCommand({}));
  assert.deepEqual(MalwareProtectionPlans, [{ MalwareProtectionPlanId }]);
  const S3Object = { Bucket: 'uploads', Key: 'in/x' };
  await refused(new api.SendObjectMalwareScanCommand({ S3Object }), 'BadRequestException', 'scans no objects');
  await call(new api.DeleteMalwareProtectionPlanCommand({ MalwareProtectionPlanId }));

  const ResourceArn = 'arn:aws:ec2:us-east-1:210987654321:instance/i-0123456789abcdef0';
  const { ScanId } = await call(new api.StartMalwareScanCommand({ ResourceArn }));
  const scan = await call(new api.GetMalwareScanCommand({ ScanId }));
  assert.equal(scan.ScanStatus, 'SKIPPED');
  assert.equal((await call(new api.ListMalwareScansCommand({}))).Scans[0].ScanId, ScanId);
  assert.equal((await call(new api.DescribeMalwareScansCommand({ DetectorId }))).Scans[0].ScanId, ScanId);
  await call(
    new api.UpdateMalwareScanSettingsCommand({ DetectorId, EbsSnapshotPreservation: 'RETENTION_WITH_FINDING' }),
  );
  const settings = await call(new api.GetMalwareScanSettingsCommand({ DetectorId }));
  assert.equal(settings.EbsSnapshotPreservation, 'RETENTION_WITH_FINDING');
});

test('usage, trials and coverage are told', async () => {
  for (const type of Object.values(api.UsageStatisticType)) {
    await call(new api.GetUsageStatisticsCommand({ DetectorId, UsageStatisticType: type, UsageCriteria: {} }));
  }
  const AccountIds = [process.env.TOCSIN_ACCOUNT];
  const { Accounts } = await call(new api.GetRemainingFreeTrialDaysCommand({ DetectorId, AccountIds }));
  assert.ok(Accounts[0].Features.every((feature) => [0, 30].includes(feature.FreeTrialDaysRemaining)));
  assert.deepEqual((await call(new api.ListCoverageCommand({ DetectorId }))).Resources, []);
  const StatisticsType = ['COUNT_BY_COVERAGE_STATUS'];
  const { CoverageStatistics } = await call(new api.GetCoverageStatisticsCommand({ DetectorId, StatisticsType }));
  assert.deepEqual(CoverageStatistics.CountByCoverageStatus, { HEALTHY: 0, UNHEALTHY: 0 });
});

test('a rule of the library is tried, turned on and off', async () => {
  const Filters = [{ Name: 'service', Values: ['s3'], Condition: 'EQUALS' }];
  const { Rules } = await call(new api.ListCustomDetectionRulesCommand({ Filters, MaxResults: 100 }));
  assert.ok(Rules.some((rule) => rule.Name === 'S3LifecycleRapidExpiration'), JSON.stringify(Rules));
  const { RuleId } = Rules[0];
  const { Rule } = await call(new api.GetCustomDetectionRuleCommand({ RuleId }));
  assert.match(Rule.Definition.Expression, /eventName IN \(/);
  const made = await call(new api.CreateCustomDetectionRuleAssociationCommand({ RuleId, Mode: 'DRY_RUN' }));
  const { AssociationId, ExpiresAt, CreatedAt } = made.RuleAssociation;
  assert.equal(ExpiresAt - CreatedAt, 14 * 86_400_000);
  const which = { RuleId, AssociationId };
  await refused(
    new api.CreateCustomDetectionRuleAssociationCommand({ RuleId, Mode: 'LIVE' }),
    'ConflictException',
    'already',
  );
  await call(new api.UpdateCustomDetectionRuleAssociationCommand({ ...which, Mode: 'LIVE' }));
  const kept = await call(new api.GetCustomDetectionRuleAssociationCommand(which));
  assert.equal(kept.RuleAssociation.Mode, 'LIVE');
  await call(new api.DeleteCustomDetectionRuleAssociationCommand(which));
});

test('rules that are not there are not found, and there are no investigations', async () => {
  const RuleId = 'none';
  await refused(new api.GetCustomDetectionRuleCommand({ RuleId }), 'ResourceNotFoundException', 'custom detection rule');
  await refused(
    new api.CreateCustomDetectionRuleAssociationCommand({ RuleId, Mode: 'LIVE' }),
    'ResourceNotFoundException',
    'custom detection rule',
  );
  assert.deepEqual((await call(new api.ListCustomDetectionRuleAssociationsCommand({}))).RuleAssociations, []);
  await refused(
    new api.ListCustomDetectionRuleOrgConfigurationsCommand({}),
    'AccessDeniedException',
    'delegated administrator',
  );
  assert.deepEqual((await call(new api.ListInvestigationsCommand({ DetectorId }))).Investigations, []);
  const question = { DetectorId, TriggerPrompt: 'what happened?' };
  await refused(new api.CreateInvestigationCommand(question), 'BadRequestException', 'tocsin explain');
  const one = { DetectorId, InvestigationId: 'x' };
  await refused(new api.GetInvestigationCommand(one), 'ResourceNotFoundException', 'no such investigation');
  await refused(new api.ListInvestigationRecordsCommand(one), 'ResourceNotFoundException', 'no such investigation');
});

test('associations and configurations of rules that are not there are not found', async () => {
  const association = { RuleId: 'none', AssociationId: 'none' };
  const changed = { ...association, Mode: 'LIVE' };
  for (const command of [
    new api.GetCustomDetectionRuleAssociationCommand(association),
    new api.UpdateCustomDetectionRuleAssociationCommand(changed),
    new api.DeleteCustomDetectionRuleAssociationCommand(association),
  ]) {
    await refused(command, 'ResourceNotFoundException', 'no such');
  }
  const configuration = { RuleId: 'none', Mode: 'LIVE' };
  for (const command of [
    new api.CreateCustomDetectionRuleOrgConfigurationCommand(configuration),
    new api.GetCustomDetectionRuleOrgConfigurationCommand({ RuleId: 'none', Mode: 'LIVE' }),
    new api.UpdateCustomDetectionRuleOrgConfigurationCommand(configuration),
    new api.DeleteCustomDetectionRuleOrgConfigurationCommand({ RuleId: 'none', Mode: 'LIVE' }),
  ]) {
    await refused(command, 'AccessDeniedException', 'delegated administrator');
  }
});

test('these tests call every operation that the client knows', () => {
  const folder = new URL('.', import.meta.url);
  const text = readdirSync(folder)
    .filter((name) => name.endsWith('.test.mjs'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join();
  const lists = /^(Create|Get|Update|Delete)(IP|ThreatIntel|TrustedEntity|ThreatEntity)SetCommand$|^List.*SetsCommand$/;
  const commands = Object.keys(api).filter((name) => name.endsWith('Command') && !name.startsWith('$'));
  assert.ok(commands.length >= 103, commands.length);
  assert.deepEqual(commands.filter((name) => !lists.test(name) && !text.includes(name)), []);
});
