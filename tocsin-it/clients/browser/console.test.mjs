import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, beforeEach, test } from 'node:test';
import { chromium } from 'playwright-core';

const URL_OF_CONSOLE = `${process.env.AWS_ENDPOINT_URL}/`;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MOST_FIRST_LOAD = 450 * 1024;
const CREDENTIALS = readFileSync(process.env.AWS_SHARED_CREDENTIALS_FILE, 'utf8');
const KEY = credential('aws_access_key_id');
const SECRET = credential('aws_secret_access_key');

let browser;
let page;
let foreign;
let broken;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.TOCSIN_CHROMIUM, args: ['--no-sandbox'] });
});
after(() => browser.close());
beforeEach(() => open());

function credential(name) {
  return new RegExp(`${name}\\s*=\\s*(\\S+)`).exec(CREDENTIALS)[1];
}

/** A new page that nobody is signed in on. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  foreign = [];
  broken = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(URL_OF_CONSOLE) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  page.on('pageerror', (error) => broken.push(String(error)));
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) broken.push(message.text());
  });
  await page.goto(URL_OF_CONSOLE);
}

async function signIn(secret = SECRET) {
  await page.getByRole('radio', { name: 'Access key' }).check();
  await page.getByLabel('Access key ID').fill(KEY);
  await page.getByLabel('Secret access key').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signed in and at `#/where`, whose heading is `heading`. */
async function at(where, heading) {
  await signIn();
  await page.getByRole('heading', { name: 'Overview', exact: true }).waitFor();
  await page.goto(`${URL_OF_CONSOLE}#/${where}`);
  await page.getByRole('heading', { name: heading }).first().waitFor();
}

/** Waits until findings are there. */
async function listed() {
  await page.getByRole('table', { name: 'Findings' }).getByRole('link').nth(1).waitFor();
}

function rows() {
  return page.getByRole('table', { name: 'Findings' }).getByRole('row');
}

/** Cloudscape 3.0.1383 gives its toolbar of narrow pages an aria-orientation, which a nav has not; nothing to be done here. */
function isOfTheDesignSystem(rule, node) {
  return rule === 'aria-allowed-attr' && node.html.includes('mobile-toolbar-nav');
}

async function serious() {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => ({ ...one, nodes: one.nodes.filter((node) => !isOfTheDesignSystem(one.id, node)) }))
    .filter((one) => one.nodes.length > 0)
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ').slice(0, 300)}`);
}

test('a wrong secret is refused in words, and the right one leads to what is worst now', async () => {
  await signIn('wrong');
  await page.getByText('Name and secret do not belong together.').waitFor();
  await page.getByLabel('Secret access key').fill(SECRET);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const first = page.getByRole('table', { name: 'What to do first' }).getByRole('row').nth(1);
  await first.getByRole('link').waitFor();
  assert.match(await first.innerText(), /now[\s\S]*(Critical|High)/);
  assert.deepEqual(foreign, []);
  assert.deepEqual(broken, []);
});

test('a filter is kept in the address, and every state can be shared', async () => {
  await at('findings', 'Findings');
  await listed();
  const all = await rows().count();
  await page.getByPlaceholder('Filter findings').fill('Severity >= high');
  await page.keyboard.press('Enter');
  await page.waitForURL(/filter=severity%3E%3Dhigh/);
  await page.getByRole('link', { name: /Log source trail/ }).waitFor({ state: 'detached' });
  await listed();
  const some = await rows().count();
  assert.ok(some < all && some > 1, `${some} of ${all}`);
  for (const text of await rows().allInnerTexts()) assert.doesNotMatch(text, /^\s*(Low|Medium)\b/m);
  const shared = page.url();
  await page.goto('about:blank');
  await page.goto(shared);
  await listed();
  assert.equal(await rows().count(), some);
});

test('a finding says what happened, what to do and on which records it stands', async () => {
  await at('findings', 'Findings');
  await page.getByRole('link', { name: /was granted anonymous access/ }).click();
  await page.getByRole('heading', { name: 'What to do now' }).waitFor();
  const evidence = page.getByRole('table', { name: 'Evidence' });
  await evidence.getByText('PutBucketPolicy').first().waitFor();
  await page.getByRole('button', { name: 'Raw JSON' }).click();
  await page.getByText('"schemaVersion": "2.0"').waitFor();
});

test('what is archived leaves the list and can be taken back', async () => {
  await at('findings', 'Findings');
  const title = /Amazon Bedrock model invocation logging was disabled/;
  await page.getByRole('checkbox', { name: title }).check();
  await page.getByRole('button', { name: 'Archive' }).click();
  await page.getByRole('link', { name: title }).waitFor({ state: 'detached' });
  await page.goto(`${URL_OF_CONSOLE}#/findings?state=archived`);
  await page.getByRole('checkbox', { name: title }).check();
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('link', { name: title }).waitFor({ state: 'detached' });
  await page.goto(`${URL_OF_CONSOLE}#/findings`);
  await page.getByRole('link', { name: title }).waitFor();
});

test('a session that ended leads to the sign-in', async () => {
  await at('findings', 'Findings');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('heading', { name: 'Sign in to Tocsin' }).waitFor();
});

test('a server that is gone is said, and what was there stays', async () => {
  await at('findings', 'Findings');
  await listed();
  await page.route('**/tocsin/v1/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText('The server does not answer.').waitFor();
  assert.ok((await rows().count()) > 1);
  await page.unroute('**/tocsin/v1/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
});

test('the first load of the findings page is small', async () => {
  await at('findings', 'Findings');
  await page.goto('about:blank');
  const context = page.context();
  page = await context.newPage();
  let bytes = 0;
  page.on('response', async (response) => {
    bytes += Number((await response.allHeaders())['content-length'] ?? 0);
  });
  await page.goto(`${URL_OF_CONSOLE}#/findings`);
  await listed();
  await page.waitForLoadState('networkidle');
  assert.ok(bytes > 100_000 && bytes < MOST_FIRST_LOAD, `${bytes} bytes`);
});

for (const [where, heading] of [
  ['overview', 'Overview'],
  ['findings', 'Findings'],
  ['coverage', 'Coverage'],
  ['sources', 'Sources'],
]) {
  test(`${where} has nothing that keeps people out, light and dark, wide and narrow`, async () => {
    for (const options of [
      { colorScheme: 'light' },
      { colorScheme: 'dark' },
      { viewport: { width: 768, height: 900 } },
      { viewport: { width: 380, height: 800 } },
    ]) {
      await page.context().close();
      await open(options);
      await at(where, heading);
      await page.waitForLoadState('networkidle');
      assert.deepEqual(await serious(), [], JSON.stringify(options));
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(beyond <= 0, `${beyond} pixels beyond the edge, ${JSON.stringify(options)}`);
      assert.deepEqual(broken, []);
    }
  });
}
