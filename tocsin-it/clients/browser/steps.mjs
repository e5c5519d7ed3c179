// What tests of the console do in a browser, whatever they test.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export const URL_OF_CONSOLE = `${process.env.AWS_ENDPOINT_URL}/`;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const CREDENTIALS = readFileSync(process.env.AWS_SHARED_CREDENTIALS_FILE, 'utf8');
export const KEY = credential('aws_access_key_id');
export const SECRET = credential('aws_secret_access_key');

let browser;

/** The page under test, what it asked of other servers, and what broke in it. */
export const now = { page: null, foreign: [], broken: [] };

export async function launch() {
  browser = await chromium.launch({ executablePath: process.env.TOCSIN_CHROMIUM, args: ['--no-sandbox'] });
}

export function quit() {
  return browser.close();
}

function credential(name) {
  return new RegExp(`${name}\\s*=\\s*(\\S+)`).exec(CREDENTIALS)[1];
}

/** A new page that nobody is signed in on. */
export async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  now.page = page;
  now.foreign = [];
  now.broken = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(URL_OF_CONSOLE) && !request.url().startsWith('data:')) now.foreign.push(request.url());
  });
  page.on('pageerror', (error) => now.broken.push(String(error)));
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) now.broken.push(message.text());
  });
  await page.goto(URL_OF_CONSOLE);
}

export async function signIn(secret = SECRET) {
  await now.page.getByRole('radio', { name: 'Access key' }).check();
  await now.page.getByLabel('Access key ID').fill(KEY);
  await now.page.getByLabel('Secret access key').fill(secret);
  await now.page.getByRole('button', { name: 'Sign in' }).click();
}

export async function signInAs(user, password) {
  await now.page.getByLabel('User', { exact: true }).fill(user);
  await now.page.getByLabel('Password', { exact: true }).fill(password);
  await now.page.getByRole('button', { name: 'Sign in' }).click();
}

/** Goes to `#/where`, whose heading is `heading`. */
export async function show(where, heading) {
  await now.page.goto(`${URL_OF_CONSOLE}#/${where}`);
  await now.page.getByRole('heading', { name: heading }).first().waitFor();
}

/** Signed in and at `#/where`, whose heading is `heading`. */
export async function at(where, heading) {
  await signIn();
  await now.page.getByRole('heading', { name: 'Overview', exact: true }).waitFor();
  await show(where, heading);
}

/** Cloudscape 3.0.1383 gives its toolbar of narrow pages an aria-orientation, which a nav has not; nothing to be done here. */
function isOfTheDesignSystem(rule, node) {
  return rule === 'aria-allowed-attr' && node.html.includes('mobile-toolbar-nav');
}

/** What axe finds that keeps people out. */
export async function serious() {
  await now.page.evaluate(AXE);
  const { violations } = await now.page.evaluate(() => globalThis.axe.run());
  return violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => ({ ...one, nodes: one.nodes.filter((node) => !isOfTheDesignSystem(one.id, node)) }))
    .filter((one) => one.nodes.length > 0)
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ').slice(0, 300)}`);
}

/** Light and dark, and three widths. */
export const LOOKS = [
  { colorScheme: 'light' },
  { colorScheme: 'dark' },
  { viewport: { width: 768, height: 900 } },
  { viewport: { width: 380, height: 800 } },
];

/** Asks the service as the page does, of GuardDuty's operations in `region`. */
export function ask(method, path, body, region = 'us-east-1') {
  return now.page.evaluate(
    async ([method, path, body, region]) => {
      const { csrfToken } = await (await fetch('/tocsin/v1/session')).json();
      const answer = await fetch(path, {
        method,
        headers: { 'Content-Type': 'application/json', 'X-Tocsin-Csrf': csrfToken, 'X-Tocsin-Region': region },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: await answer.json() };
    },
    [method, path, body, region],
  );
}

/** A finding as an engine that runs elsewhere hands it in. */
export function finding(
  id,
  title,
  { severity = 8, type = 'Recon:EC2/Portscan', revision = 1, instance = 'i-99' } = {},
) {
  const members = {
    id: id.padStart(32, '0'),
    type,
    region: 'eu-central-1',
    severity,
  };
  const account = '210987654321';
  return {
    ...members,
    account,
    revision,
    firstSeen: '2026-03-01T12:00:00Z',
    lastSeen: '2026-03-01T12:05:00Z',
    document: {
      ...members,
      accountId: account,
      schemaVersion: '2.0',
      title,
      description: title,
      arn: 'arn',
      partition: 'aws',
      resource: {
        resourceType: 'Instance',
        instanceDetails: { instanceId: instance },
      },
      service: { count: 1 },
    },
  };
}

/** Hands in a finding. */
export async function hand(id, title, how = {}) {
  const answer = await ask('POST', '/tocsin/v1/ingest', {
    findings: [finding(id, title, how)],
  });
  if (answer.body.findings?.taken !== 1) throw new Error(JSON.stringify(answer));
}
