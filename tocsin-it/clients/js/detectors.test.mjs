import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateDetectorCommand,
  DeleteDetectorCommand,
  GetDetectorCommand,
  GuardDutyClient,
  ListDetectorsCommand,
  UpdateDetectorCommand,
} from '@aws-sdk/client-guardduty';
import { call, client, refused } from './client.mjs';

const NOT_OWNED = 'The request is rejected because the input detectorId is not owned by the current account.';
const feature = (detector, name) => detector.Features.find((entry) => entry.Name === name);

test('a detector lives from creation to deletion', async () => {
  assert.deepEqual((await call(new ListDetectorsCommand({}))).DetectorIds, []);

  const { DetectorId } = await call(new CreateDetectorCommand({ Enable: true, Tags: { team: 'blue' } }));
  assert.match(DetectorId, /^[0-9a-f]{32}$/);
  assert.deepEqual((await call(new ListDetectorsCommand({ NextToken: '' }))).DetectorIds, [DetectorId]);

  const detector = await call(new GetDetectorCommand({ DetectorId }));
  assert.equal(detector.Status, 'ENABLED');
  assert.equal(detector.FindingPublishingFrequency, 'SIX_HOURS');
  assert.deepEqual(detector.Tags, { team: 'blue' });
  assert.equal(detector.DataSources.S3Logs.Status, 'ENABLED');
  assert.equal(detector.DataSources.Kubernetes.AuditLogs.Status, 'ENABLED');
  assert.equal(feature(detector, 'CLOUD_TRAIL').Status, 'ENABLED');
  assert.equal(feature(detector, 'LAMBDA_NETWORK_LOGS').Status, 'ENABLED');
  assert.match(detector.CreatedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

  await refused(
    new CreateDetectorCommand({ Enable: true }),
    'BadRequestException',
    'The request is rejected because a detector already exists for the current account.',
  );

  await call(new DeleteDetectorCommand({ DetectorId }));
  await refused(new GetDetectorCommand({ DetectorId }), 'BadRequestException', NOT_OWNED);
  assert.deepEqual((await call(new ListDetectorsCommand({}))).DetectorIds, []);
});

test('features are set one by one and keep the order of their additional configurations', async () => {
  const { DetectorId } = await call(new CreateDetectorCommand({ Enable: false }));
  const extras = ['EC2_AGENT_MANAGEMENT', 'EKS_ADDON_MANAGEMENT'].map((Name) => ({ Name, Status: 'ENABLED' }));
  await call(
    new UpdateDetectorCommand({
      DetectorId,
      Features: [{ Name: 'RUNTIME_MONITORING', Status: 'ENABLED', AdditionalConfiguration: extras }],
    }),
  );
  await call(new UpdateDetectorCommand({ DetectorId, DataSources: { S3Logs: { Enable: false } } }));

  const detector = await call(new GetDetectorCommand({ DetectorId }));
  assert.equal(detector.Status, 'DISABLED');
  const runtime = feature(detector, 'RUNTIME_MONITORING');
  assert.equal(runtime.Status, 'ENABLED');
  assert.deepEqual(
    runtime.AdditionalConfiguration.map((extra) => [extra.Name, extra.Status]),
    [
      ['EC2_AGENT_MANAGEMENT', 'ENABLED'],
      ['EKS_ADDON_MANAGEMENT', 'ENABLED'],
      ['ECS_FARGATE_AGENT_MANAGEMENT', 'DISABLED'],
    ],
  );
  assert.equal(feature(detector, 'S3_DATA_EVENTS').Status, 'DISABLED');
  assert.equal(detector.DataSources.S3Logs.Status, 'DISABLED');

  await refused(
    new UpdateDetectorCommand({
      DetectorId,
      Features: [
        { Name: 'RUNTIME_MONITORING', Status: 'ENABLED' },
        { Name: 'EKS_RUNTIME_MONITORING', Status: 'ENABLED' },
      ],
    }),
    'BadRequestException',
    'exclude each other',
  );
  await call(new DeleteDetectorCommand({ DetectorId }));
});

test('wrong input is refused before anything is looked up, naming the member', async () => {
  await refused(
    new GetDetectorCommand({ DetectorId: 'x' }),
    'BadRequestException',
    'The request is rejected because the parameter detectorId has an invalid value.',
  );
  await refused(
    new CreateDetectorCommand({ Enable: true, FindingPublishingFrequency: 'DAILY' }),
    'BadRequestException',
    'findingPublishingFrequency',
  );
});

test('each Region is a world of its own, and an unknown key none', async () => {
  const { DetectorId } = await call(new CreateDetectorCommand({ Enable: true }));
  const elsewhere = new GuardDutyClient({ region: 'eu-west-1', maxAttempts: 1 });
  assert.deepEqual((await elsewhere.send(new ListDetectorsCommand({}))).DetectorIds, []);

  const { accessKeyId } = await client.config.credentials();
  const wrong = { accessKeyId, secretAccessKey: 'wrong' };
  const unknown = { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'wrong' };
  for (const [credentials, name] of [
    [wrong, 'SignatureDoesNotMatch'],
    [unknown, 'UnrecognizedClientException'],
  ]) {
    const stranger = new GuardDutyClient({ credentials, maxAttempts: 1 });
    await assert.rejects(stranger.send(new ListDetectorsCommand({})), { name });
  }
  await call(new DeleteDetectorCommand({ DetectorId }));
});
