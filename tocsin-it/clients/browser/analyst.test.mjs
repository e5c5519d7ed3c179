import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, test } from 'node:test';
import { LOOKS, URL_OF_CONSOLE, ask, at, hand, launch, now, open, quit, serious, show } from './steps.mjs';

const HOSTILE = `<img src=x onerror=alert(1)>"'&=cmd`;
const KALI = /was invoked from a Kali Linux computer/;

before(async () => {
  await launch();
  await open();
  await at('overview', 'Overview');
  await inRegion('us-east-1', 'POST', '/detector', { enable: true });
  const { detectorId } = await inRegion('eu-central-1', 'POST', '/detector', { enable: true });
  await inRegion('eu-central-1', 'POST', `/detector/${detectorId}/findings/create`, {});
  while (!(await isThere('AttackSequence:S3/CompromisedData'))) await now.page.waitForTimeout(250); // logs are read meanwhile
  await hand('abc1', HOSTILE);
  await now.page.context().close();
});
after(quit);
beforeEach(() => open());

/** Calls GuardDuty's API in `region`. */
function inRegion(region, method, path, body) {
  return now.page.evaluate(
    async ([region, method, path, body]) => {
      const { csrfToken } = await (await fetch('/tocsin/v1/session')).json();
      const headers = {
        'Content-Type': 'application/json',
        'X-Tocsin-Csrf': csrfToken,
        'X-Tocsin-Region': region,
      };
      return (await fetch(path, { method, headers, body: JSON.stringify(body) })).json();
    },
    [region, method, path, body],
  );
}

/** The finding of `type`, or undefined; a sample finding has `[SAMPLE]` before its title. */
async function found(type, isSample) {
  const { body } = await ask('POST', '/tocsin/v1/findings/search', {
    maxResults: 200,
    findingCriteria: { criterion: { type: { equals: [type] } } },
  });
  return body.findings.find((one) => one.title.startsWith('[SAMPLE]') === isSample);
}

async function isThere(type) {
  return (await found(type, false)) !== undefined;
}

async function finding(type, isSample) {
  const one = await found(type, isSample);
  assert.ok(one, type);
  return one;
}

async function showFinding(type, isSample = true) {
  await at('findings', 'Findings');
  await show(`findings/${(await finding(type, isSample)).id}`, 'What happened');
  await now.page.waitForLoadState('networkidle');
}

function table(name) {
  return now.page.getByRole('table', { name, exact: true });
}

/** Waits until findings are there. */
async function listed() {
  await now.page.getByRole('table', { name: 'Findings', exact: true }).getByRole('link').first().waitFor();
}

/** Where the link leads that has the focus. */
function focused() {
  return now.page.evaluate(() => document.activeElement?.getAttribute('href') ?? '');
}

/** What the file holds that the export called `kind` makes. */
async function exported(kind) {
  const download = now.page.waitForEvent('download');
  await now.page.getByRole('button', { name: 'Export' }).click();
  await now.page.getByRole('menuitem', { name: kind }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

async function looksRight(where, heading) {
  for (const options of LOOKS) {
    await now.page.context().close();
    await open(options);
    await at(where, heading);
    await now.page.waitForLoadState('networkidle');
    assert.deepEqual(await serious(), [], `${where} ${JSON.stringify(options)}`);
    const beyond = await now.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(beyond <= 0, `${beyond} pixels beyond the edge, ${where} ${JSON.stringify(options)}`);
    assert.deepEqual(now.broken, []);
    assert.deepEqual(now.foreign, []);
  }
}

test('a finding says who, what, where and when, and leads to who it was', async () => {
  await showFinding('PenTest:IAMUser/KaliLinux', false);
  for (const label of ['Who', 'What', 'Where', 'When']) await now.page.getByText(label, { exact: true }).first().waitFor();
  await now.page.getByRole('link', { name: 'part of an attack sequence' }).waitFor();
  assert.ok((await table('Related findings').getByRole('row').count()) > 2);
  await now.page.getByRole('link', { name: 'deploy', exact: true }).first().click();
  await now.page.waitForURL(/#\/entities\/deploy/);
  await table('What it did').getByText('cloudtrail:StopLogging').waitFor();
});

test('an anomaly shows its bits against what it takes', async () => {
  await showFinding('Discovery:IAMUser/AnomalousBehavior');
  assert.ok((await table('Bits of each part').getByRole('row').count()) > 3);
  assert.match(await table('Bits against the threshold').innerText(), /context[\s\S]*of/);
});

test('a habit of traffic is drawn, and stands in a table too', async () => {
  await showFinding('Behavior:EC2/TrafficVolumeUnusual');
  await now.page.getByRole('img', { name: /Bytes sent in the busiest hour/ }).waitFor();
  await now.page.getByRole('button', { name: /busiest hour.* as a table/ }).click();
  await table('Bytes sent in the busiest hour of each day before, and now').getByText('now', { exact: true }).waitFor();
});

test('a list entry is named with its age', async () => {
  await showFinding('Backdoor:EC2/C&CActivity.B');
  assert.match(await table('List entries').innerText(), /c2[\s\S]*before/);
});

test('every type says what to do', async () => {
  await at('findings', 'Findings');
  const { body } = await ask('GET', '/tocsin/v1/types');
  assert.ok(body.types.length > 150);
  for (const type of body.types) assert.ok(type.nextSteps.length > 20 && type.firesWhen.length > 20, type.type);
});

test('the raw JSON comes in both forms', async () => {
  await showFinding('PenTest:IAMUser/KaliLinux', false);
  await now.page.getByRole('button', { name: 'Raw JSON' }).click();
  const raw = now.page.getByRole('region', { name: 'JSON of the finding' });
  await raw.getByText('"value": "{').waitFor();
  assert.doesNotMatch(await raw.innerText(), /"tocsin"/);
  await now.page.getByRole('button', { name: /EventBridge and export/ }).click();
  await raw.getByText('"nextSteps"').waitFor();
});

test('an attack sequence is drawn in order, by keyboard too, and listed', async () => {
  await showFinding('AttackSequence:S3/CompromisedData', false);
  const graph = now.page.getByRole('region', { name: 'The story as a graph' });
  await graph.getByRole('link', { name: /PenTest:IAMUser\/KaliLinux/ }).first().waitFor();
  const steps = table('Signals in order');
  assert.ok((await steps.getByRole('row').count()) > 10);
  const link = graph.getByRole('link').first();
  await link.focus();
  await now.page.keyboard.press('Enter');
  await now.page.waitForURL((url) => /#\/findings\/[0-9a-f]{32}/.test(url.hash));
  await now.page.getByRole('heading', { name: KALI }).waitFor();
  await show('sequences', 'Attack sequences');
  await table('Attack sequences').getByRole('link').first().waitFor();
});

test('what a rule would hide is seen before it is made', async () => {
  await showFinding('Recon:EC2/Portscan');
  const id = now.page.url().split('/').at(-1);
  await now.page.getByRole('button', { name: 'Suppress from here' }).click();
  await now.page.getByTestId('preview').waitFor();
  const before = await now.page.getByTestId('preview').innerText();
  assert.match(before, /it would have hidden 1 of \d+/);
  await now.page.getByRole('checkbox', { name: /^Instance/ }).uncheck();
  await now.page.getByRole('checkbox', { name: /^Finding type/ }).uncheck();
  await now.page.getByText(/it would have hidden \d{2,} of/).waitFor();
  await now.page.getByRole('checkbox', { name: /^Instance/ }).check();
  await now.page.getByRole('checkbox', { name: /^Finding type/ }).check();
  await now.page.getByText(before).waitFor();
  await now.page.getByRole('button', { name: 'Create the rule' }).click();
  await now.page.getByText(/The rule from-.* stands/).waitFor();
  await now.page.getByText('archived', { exact: true }).waitFor();
  const shown = await ask('GET', `/tocsin/v1/findings/${id}`);
  assert.equal(shown.body.service.archived, true);
});

test('feedback is kept with the finding', async () => {
  await showFinding('Trojan:EC2/DropPoint');
  await now.page.getByRole('button', { name: 'Feedback' }).click();
  await now.page.getByRole('menuitem', { name: /^Useful/ }).click();
  await now.page.getByText('judged useful').waitFor();
});

test('an entity tells what it did, what was new, and what is not known', async () => {
  await at('entities', 'Entities');
  await now.page.getByLabel('Name').fill('198.51.100.23');
  await now.page.keyboard.press('Enter');
  await now.page.getByRole('heading', { name: '198.51.100.23', level: 1 }).waitFor();
  await now.page.getByText('Tocsin keeps no copy of the logs').waitFor();
  await table('What it did').getByText(/first of this call/).first().waitFor();
  await show(`entities/${encodeURIComponent('arn:aws:iam::210987654321:user/deploy')}`, /user\/deploy/);
  await now.page.getByRole('button', { name: 'What it usually does' }).click();
  await table('Profile').getByText('sts:GetCallerIdentity').waitFor();
  await show('entities/nobody', 'nobody');
  await now.page.getByText('Nothing is known of it').waitFor();
});

test('what comes from logs is text, wherever it stands', async () => {
  await at('findings', 'Findings');
  await show(`findings/${'abc1'.padStart(32, '0')}`, HOSTILE);
  await show(`entities/${encodeURIComponent(HOSTILE)}`, HOSTILE);
  await now.page.getByText('Nothing is known of it').waitFor();
  assert.equal(await now.page.locator('img[src="x"]').count(), 0);
  await now.page.goto(`${URL_OF_CONSOLE}#/entities/%E0%A4%A`);
  await now.page.getByRole('heading', { name: '%E0%A4%A' }).waitFor();
  assert.deepEqual(now.broken, []);
});

test('a finding that is not there and a server that is gone are said', async () => {
  await at('findings', 'Findings');
  await now.page.goto(`${URL_OF_CONSOLE}#/findings/${'0'.repeat(32)}`);
  await now.page.getByText(/There is no finding with the id/).waitFor();
  await now.page.route('**/tocsin/v1/entities**', (route) => route.abort());
  await now.page.goto(`${URL_OF_CONSOLE}#/entities/deploy`);
  await now.page.getByText('The server does not answer.').waitFor();
  await now.page.unroute('**/tocsin/v1/entities**');
  await now.page.getByRole('button', { name: 'Try again' }).click();
  await table('What it did').waitFor();
});

test('why a type did not speak is read from the logs, and all that somebody did', async () => {
  await at('explain?type=Policy%3AIAMUser%2FRootCredentialUsage&who=deploy&at=2026-03-02T13:30:00Z', 'Explain');
  await now.page.getByRole('button', { name: 'Ask', exact: true }).click();
  await table('Conditions').getByText('NO', { exact: true }).waitFor();
  await show('overview', 'Overview');
  await show('explain?who=deploy&at=2026-03-02T14:00:00Z', 'Explain');
  await now.page.getByRole('button', { name: 'Ask', exact: true }).click();
  await table('What it did').getByText(/StopLogging/).first().waitFor();
  await now.page.getByLabel(/^About when/).fill('yesterday');
  await now.page.getByRole('button', { name: 'Ask', exact: true }).click();
  await now.page.getByText(/Expected a time such as/).first().waitFor();
});

test('tactics, countries, identities and resources lead to their findings', async () => {
  await at('overview', 'Overview');
  await now.page.getByRole('region', { name: 'Discovery' }).getByRole('link').first().click();
  await now.page.waitForURL(/filter=type%3D/);
  await listed();
  for (const name of ['Countries of remote parties', 'Most affected identities', 'Most affected resources']) {
    await show('overview', 'Overview');
    await table(name).getByRole('link').first().click();
    await now.page.waitForURL(/#\/findings\?filter=/);
    await listed();
  }
});

test('findings are put together by their cause', async () => {
  await at('findings', 'Findings');
  await now.page.getByRole('button', { name: 'Grouping' }).click();
  await now.page.getByRole('option', { name: 'By attack sequence' }).click();
  await now.page.waitForURL(/group=sequence/);
  await table('Groups of findings').getByRole('link').first().click();
  await now.page.waitForURL(/filter=associatedAttackSequenceArn/);
  await listed();
  await show('findings?group=resource', 'Findings');
  await table('Groups of findings').getByRole('link', { name: /^Instance i-/ }).first().click();
  await now.page.waitForURL(/filter=resource.instanceDetails.instanceId/);
  await listed();
});

test('all that is listed is exported, safe for spreadsheets', async () => {
  await at('findings', 'Findings');
  await hand('abc2', '=HYPERLINK("http://evil.example","x")');
  await show('findings?filter=type%3DRecon%3AEC2%2FPortscan', 'Findings');
  await listed();
  const csv = await exported(/CSV/);
  assert.match(csv, /^severity,level,priority,type,/);
  assert.match(csv, /"'=HYPERLINK\(""http:\/\/evil.example"",""x""\)"/);
  await show('findings', 'Findings');
  await listed();
  const { findings } = JSON.parse(await exported(/JSON/));
  const { body } = await ask('POST', '/tocsin/v1/findings/counts', {
    groupBy: 'ACCOUNT',
    findingCriteria: { criterion: { 'service.archived': { equals: ['false'] } } },
  });
  assert.equal(findings.length, body.groups[0].total);
  assert.equal(findings[0].schemaVersion, '2.0');
  assert.equal(typeof findings[0].service.additionalInfo.value, 'string');
});

test('findings are gone through, chosen and archived by keyboard, and judged in bulk', async () => {
  await at('findings?filter=type%3DPolicy%3AS3%2FBucketAnonymousAccessGranted', 'Findings');
  await listed();
  await now.page.getByRole('table', { name: 'Findings' }).getByRole('link').first().focus();
  const first = await focused();
  await now.page.keyboard.press('j');
  assert.notEqual(await focused(), first);
  await now.page.keyboard.press('k');
  assert.equal(await focused(), first);
  await now.page.keyboard.press('x');
  await now.page.getByRole('button', { name: 'Feedback' }).click();
  await now.page.getByRole('menuitem', { name: /^Useful/ }).click();
  await now.page.waitForFunction(() => document.querySelectorAll('tbody input:checked').length === 0);
  const id = first.split('/').at(-1);
  assert.equal((await ask('GET', `/tocsin/v1/findings/${id}`)).body.service.userFeedback, 'USEFUL');
  await now.page.locator(`a[href$="${id}"]`).focus();
  await now.page.keyboard.press('x');
  await now.page.keyboard.press('e');
  await now.page.locator(`a[href$="${id}"]`).waitFor({ state: 'detached' });
});

test('no page of an analyst keeps people out, light and dark, wide and narrow', async () => {
  await at('findings', 'Findings');
  const anomaly = await finding('Discovery:IAMUser/AnomalousBehavior', true);
  const sequence = await finding('AttackSequence:S3/CompromisedData', false);
  await looksRight(`findings/${anomaly.id}`, 'Why it fired');
  await looksRight(`findings/${sequence.id}`, 'The story');
  await looksRight('sequences', 'Attack sequences');
  await looksRight('findings?group=type', 'Findings');
  await looksRight('entities/deploy', 'deploy');
  await looksRight('explain', 'Explain');
});
