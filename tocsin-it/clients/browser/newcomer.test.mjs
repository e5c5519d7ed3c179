// Five questions of somebody who has never seen the console, each answered by what stands on the page alone: links and buttons
// are followed, no address is typed.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { ask, hand, launch, now, open, quit, signIn } from './steps.mjs';

const SCAN = 'i-99 scans the ports of its neighbours';

before(async () => {
  await launch();
  await arrive();
  const { status } = await ask('POST', '/detector', { enable: true }, 'eu-central-1');
  assert.equal(status, 200);
  await hand('5ca9', SCAN, { severity: 5 });
  await now.page.context().close();
});
after(quit);
beforeEach(arrive);

/** Signed in, where everybody begins. */
async function arrive() {
  await open();
  await signIn();
  await now.page.getByRole('heading', { name: 'Overview', exact: true }).waitFor();
}

const table = (name) => now.page.getByRole('table', { name, exact: true });
const heading = (name) => now.page.getByRole('heading', { name, exact: true }).first();

/** Follows the list of pages. */
async function follow(name) {
  await now.page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  await now.page.getByRole('heading', { name: new RegExp(`^${name}( \\(|$)`) }).first().waitFor();
}

test('what is the worst thing now', async () => {
  const first = table('What to do first').getByRole('row').nth(1);
  await first.getByRole('link').first().waitFor();
  assert.match(await first.innerText(), /now[\s\S]*Critical/);
  const title = (await first.getByRole('link').first().innerText()).trim();
  await first.getByRole('link').first().click();
  await now.page.getByRole('heading', { level: 1, name: title }).waitFor();
  await heading('What to do now').waitFor();
});

test('why it fired', async () => {
  await follow('Findings');
  await now.page.getByRole('link', { name: /was granted anonymous access/ }).click();
  await heading('Why it fired').waitFor();
  await table('Evidence').getByText('PutBucketPolicy').first().waitFor();
});

test('what else that identity did', async () => {
  await follow('Findings');
  await now.page.getByRole('link', { name: /was granted anonymous access/ }).click();
  await heading('What happened').waitFor();
  await now.page.getByRole('link', { name: 'deploy', exact: true }).first().click();
  await table('What it did').getByText('cloudtrail:StopLogging').first().waitFor();
  assert.ok((await table('What it did').getByRole('row').count()) > 3);
});

test('how to silence it safely', async () => {
  await follow('Findings');
  await now.page.getByRole('link', { name: SCAN }).click();
  await now.page.getByRole('button', { name: 'Suppress from here' }).click();
  await now.page.getByText(/it would have hidden 1 of 1/).waitFor();
  await now.page.getByRole('button', { name: 'Create the rule' }).click();
  await now.page.getByText(/The rule .* stands/).waitFor();
  await follow('Findings');
  await now.page.getByRole('link', { name: /was granted anonymous access/ }).waitFor();
  assert.equal(await now.page.getByRole('link', { name: SCAN }).count(), 0);
  await follow('Suppression rules');
  const rule = table('Suppression rules').getByRole('row').nth(1);
  await rule.getByText(/ago\)/).waitFor();
  await rule.getByRole('radio').check();
  await now.page.getByRole('button', { name: 'Delete', exact: true }).click();
  await now.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await now.page.getByText('No rule hides anything here.').waitFor();
});

test('whether all logs arrive', async () => {
  await follow('Sources');
  await now.page
    .getByText(/^Records accepted [1-9]\d*, duplicates \d+, ignored \d+, rejected 0, in [1-9]\d* objects\.$/)
    .waitFor();
  await now.page.getByText('Every object was read whole.').waitFor();
  await follow('Coverage');
  await now.page.getByText(/silent/i).first().waitFor();
});
