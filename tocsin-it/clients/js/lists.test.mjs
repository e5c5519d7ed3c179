import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as guardduty from '@aws-sdk/client-guardduty';
import { call, refused } from './client.mjs';

const NOT_OWNED = 'The request is rejected because the input detectorId is not owned by the current account.';
const folder = mkdtempSync(join(tmpdir(), 'tocsin-'));
let DetectorId;

before(async () => {
  ({ DetectorId } = await call(new guardduty.CreateDetectorCommand({ Enable: true })));
});
after(() => call(new guardduty.DeleteDetectorCommand({ DetectorId })));

function file(name, text) {
  writeFileSync(join(folder, name), text);
  return pathToFileURL(join(folder, name)).href;
}

/** Polls as Terraform does: any status but these on the way is a failure. */
async function settled(get, ...onTheWay) {
  for (let i = 0; i < 50; i++) {
    const { Status } = await get();
    if (!onTheWay.includes(Status)) return Status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('not settled within 5 s');
}

for (const [kind, id] of [
  ['IPSet', 'IpSetId'],
  ['ThreatIntelSet', 'ThreatIntelSetId'],
  ['TrustedEntitySet', 'TrustedEntitySetId'],
  ['ThreatEntitySet', 'ThreatEntitySetId'],
]) {
  const send = (verb, input) => call(new guardduty[`${verb}${kind}Command`]({ DetectorId, ...input }));

  test(`${kind}: from creation over activation to deletion`, async () => {
    const Location = file(`${kind}.txt`, '203.0.113.7\n198.51.100.0/24\n');
    const made = await send('Create', { Name: 'ours', Format: 'TXT', Location, Activate: true, Tags: { a: '1' } });
    const key = { [id]: made[id] };
    assert.equal(await settled(() => send('Get', key), 'ACTIVATING'), 'ACTIVE');
    const list = await send('Get', key);
    assert.deepEqual([list.Name, list.Format, list.Location, list.Tags], ['ours', 'TXT', Location, { a: '1' }]);
    const listed = async () => (await call(new guardduty[`List${kind}sCommand`]({ DetectorId })))[`${id}s`];
    assert.deepEqual(await listed(), [made[id]]);

    await send('Update', { ...key, Activate: false });
    assert.equal(await settled(() => send('Get', key), 'DEACTIVATING'), 'INACTIVE');

    await send('Delete', key);
    assert.equal(await settled(() => send('Get', key), 'DELETE_PENDING'), 'DELETED');
    assert.deepEqual(await listed(), []);
  });

  test(`${kind}: what cannot be used says so`, async () => {
    const Location = pathToFileURL(join(folder, 'nowhere.txt')).href;
    const made = await send('Create', { Name: 'gone', Format: 'TXT', Location, Activate: true });
    const key = { [id]: made[id] };
    assert.equal(await settled(() => send('Get', key), 'ACTIVATING'), 'ERROR');
    await send('Delete', key);
    await refused(
      new guardduty[`Get${kind}Command`]({ DetectorId, [id]: '0123456789abcdef0123456789abcdef' }),
      'BadRequestException',
      NOT_OWNED,
    );
    await refused(
      new guardduty[`Create${kind}Command`]({ DetectorId, Name: 'x', Format: 'TXT', Location: 'nowhere', Activate: true }),
      'BadRequestException',
      'location',
    );
  });
}
