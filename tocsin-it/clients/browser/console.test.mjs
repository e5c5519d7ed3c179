import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { LOOKS, SECRET, URL_OF_CONSOLE, at, hand, launch, now, open, quit, serious, signIn } from './steps.mjs';

const MOST_FIRST_LOAD = 450 * 1024;

before(launch);
after(quit);
beforeEach(() => open());

/** Waits until findings are there. */
async function listed() {
  await now.page.getByRole('table', { name: 'Findings' }).getByRole('link').nth(1).waitFor();
}

function rows() {
  return now.page.getByRole('table', { name: 'Findings' }).getByRole('row');
}

test('a wrong secret is refused in words, and the right one leads to what is worst now', async () => {
  await signIn('wrong');
  await now.page.getByText('Name and secret do not belong together.').waitFor();
  await now.page.getByLabel('Secret access key').fill(SECRET);
  await now.page.getByRole('button', { name: 'Sign in' }).click();
  const first = now.page.getByRole('table', { name: 'What to do first' }).getByRole('row').nth(1);
  await first.getByRole('link').waitFor();
  assert.match(await first.innerText(), /now[\s\S]*(Critical|High)/);
  assert.deepEqual(now.foreign, []);
  assert.deepEqual(now.broken, []);
});

test('a filter is kept in the address, and every state can be shared', async () => {
  await at('findings', 'Findings');
  await listed();
  const all = await rows().count();
  await now.page.getByPlaceholder('Filter findings').fill('Severity >= high');
  await now.page.keyboard.press('Enter');
  await now.page.waitForURL(/filter=severity%3E%3Dhigh/);
  await now.page.getByRole('link', { name: /Log source trail/ }).waitFor({ state: 'detached' });
  await listed();
  const some = await rows().count();
  assert.ok(some < all && some > 1, `${some} of ${all}`);
  for (const text of await rows().allInnerTexts()) assert.doesNotMatch(text, /^\s*(Low|Medium)\b/m);
  const shared = now.page.url();
  await now.page.goto('about:blank');
  await now.page.goto(shared);
  await listed();
  assert.equal(await rows().count(), some);
});

test('a finding says what happened, what to do and on which records it stands', async () => {
  await at('findings', 'Findings');
  await now.page.getByRole('link', { name: /was granted anonymous access/ }).click();
  await now.page.getByRole('heading', { name: 'What to do now' }).waitFor();
  const evidence = now.page.getByRole('table', { name: 'Evidence' });
  await evidence.getByText('PutBucketPolicy').first().waitFor();
  await now.page.getByRole('button', { name: 'Raw JSON' }).click();
  await now.page.getByText('"schemaVersion": "2.0"').waitFor();
});

test('what is archived leaves the list and can be taken back', async () => {
  await at('findings', 'Findings');
  const title = /Amazon Bedrock model invocation logging was disabled/;
  await now.page.getByRole('checkbox', { name: title }).check();
  await now.page.getByRole('button', { name: 'Archive' }).click();
  await now.page.getByRole('link', { name: title }).waitFor({ state: 'detached' });
  await now.page.goto(`${URL_OF_CONSOLE}#/findings?state=archived`);
  await now.page.getByRole('checkbox', { name: title }).check();
  await now.page.getByRole('button', { name: 'Take back' }).click();
  await now.page.getByRole('link', { name: title }).waitFor({ state: 'detached' });
  await now.page.goto(`${URL_OF_CONSOLE}#/findings`);
  await now.page.getByRole('link', { name: title }).waitFor();
});

test('a session that ended leads to the sign-in', async () => {
  await at('findings', 'Findings');
  await now.page.context().clearCookies();
  await now.page.getByRole('button', { name: 'Refresh' }).click();
  await now.page.getByRole('heading', { name: 'Sign in to Tocsin' }).waitFor();
});

test('a server that is gone is said, and what was there stays', async () => {
  await at('findings', 'Findings');
  await listed();
  await now.page.route('**/tocsin/v1/**', (route) => route.abort());
  await now.page.getByRole('button', { name: 'Refresh' }).click();
  await now.page.getByText('The server does not answer.').waitFor();
  assert.ok((await rows().count()) > 1);
  await now.page.unroute('**/tocsin/v1/**');
  await now.page.getByRole('button', { name: 'Try again' }).click();
  await now.page.getByText('The server does not answer.').waitFor({ state: 'detached' });
});

test('the first load of the findings page is small', async () => {
  await at('findings', 'Findings');
  await now.page.goto('about:blank');
  const context = now.page.context();
  now.page = await context.newPage();
  let bytes = 0;
  now.page.on('response', async (response) => {
    bytes += Number((await response.allHeaders())['content-length'] ?? 0);
  });
  await now.page.goto(`${URL_OF_CONSOLE}#/findings`);
  await listed();
  await now.page.waitForLoadState('networkidle');
  assert.ok(bytes > 100_000 && bytes < MOST_FIRST_LOAD, `${bytes} bytes`);
});

for (const [where, heading] of [
  ['overview', 'Overview'],
  ['findings', 'Findings'],
  ['coverage', 'Coverage'],
  ['sources', 'Sources'],
]) {
  test(`${where} has nothing that keeps people out, light and dark, wide and narrow`, async () => {
    for (const options of LOOKS) {
      await now.page.context().close();
      await open(options);
      await at(where, heading);
      await now.page.waitForLoadState('networkidle');
      assert.deepEqual(await serious(), [], JSON.stringify(options));
      const beyond = await now.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(beyond <= 0, `${beyond} pixels beyond the edge, ${JSON.stringify(options)}`);
      assert.deepEqual(now.broken, []);
    }
  });
}
