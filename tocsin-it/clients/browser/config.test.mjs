import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { LOOKS, ask, at, hand, launch, now, open, quit, serious, show, signIn, signInAs } from './steps.mjs';

const PAGES = [
  ['detectors', 'Detectors'],
  ['lists', 'Lists'],
  ['suppression', 'Suppression rules'],
  ['rules', 'Detection rules'],
  ['destinations', 'Destinations'],
  ['members', 'Members'],
  ['access', 'Users'],
  ['usage', 'Usage'],
  ['upkeep', 'Feeds'],
];
const PASSWORD = 'correct horse battery staple';

before(launch);
after(quit);
beforeEach(() => open());

const button = (name, options = {}) => now.page.getByRole('button', { name, exact: true, ...options });
const dialog = () => now.page.getByRole('dialog');
const inDialog = (name) => dialog().getByRole('button', { name, exact: true });
const row = (table, text) => now.page.getByRole('table', { name: table, exact: true }).getByRole('row', { name: text });

/** Chooses the row of `table` in which `text` stands. */
async function choose(table, text) {
  await row(table, text).getByRole('radio').check();
}

/** Chooses `option` of the list of choices called `label`. */
async function pick(label, option, within = dialog()) {
  await within.getByRole('button', { name: label }).first().click();
  await now.page.getByRole('option', { name: option }).first().click();
}

async function gone(title) {
  await now.page.getByRole('link', { name: title }).waitFor({ state: 'detached' });
}

function finding(title) {
  return now.page.getByRole('link', { name: title });
}

test('pages without anything say so and what to do', async () => {
  await at('config/detectors', 'Detectors');
  await now.page.getByText('There is no detector: nothing is analysed.').waitFor();
  await show('config/lists', 'Lists');
  await now.page.getByText('There is no list.').waitFor();
  await show('config/suppression', 'Suppression rules');
  await now.page.getByText('Rules belong to a detector, and your account has none yet.').waitFor();
  await show('config/destinations', 'Destinations');
  await now.page.getByText("Findings leave by GuardDuty's exports alone.").waitFor();
  assert.deepEqual(now.broken, []);
});

test('a Region is enabled, and a feature switched off', async () => {
  await at('config/detectors', 'Detectors');
  await button('Enable a Region').click();
  await dialog().getByLabel('Region').fill('eu-central-1');
  await inDialog('Enable').click();
  await row('Detectors', /eu-central-1/).getByText('S3 data events').waitFor();
  await choose('Detectors', /eu-central-1/);
  await button('Change').click();
  await dialog().getByLabel('S3 data events').uncheck();
  await inDialog('Save detector').click();
  await row('Detectors', /eu-central-1/)
    .getByText('S3 data events')
    .waitFor({ state: 'detached' });
  await button('Enable a Region').click();
  await dialog().getByLabel('Region').fill('eu-central-1');
  await inDialog('Enable').click();
  await dialog().getByText(/already exists/).waitFor();
});

test('a finding comes without a reload, told by the server', async () => {
  await at('findings', 'Findings');
  await finding(/was granted anonymous access/).waitFor();
  await hand('a1', 'A live one <img src=x>');
  await finding('A live one <img src=x>').waitFor({ timeout: 10_000 });
  const said = now.page.locator('[aria-live="polite"]', { hasText: 'new or changed: A live one <img src=x>.' });
  await said.first().waitFor({ state: 'attached' });
  assert.equal(await now.page.getByText('does not tell of new findings').count(), 0);
  assert.deepEqual(now.broken, []);
});

test('where the server does not tell, it is said and asked, and told again once it can', async () => {
  await now.page.route('**/tocsin/v1/events', (route) => route.abort());
  await at('findings', 'Findings');
  await now.page.getByText('The server does not tell of new findings at the moment.').waitFor();
  await hand('a2', 'An asked one');
  await finding('An asked one').waitFor();
  await now.page.unroute('**/tocsin/v1/events');
  await now.page.getByText('The server does not tell of new findings at the moment.').waitFor({ state: 'detached' });
});

test('a case is taken, noted on, closed for a reason, and said to be open again', async () => {
  await at('findings', 'Findings');
  await finding('A live one <img src=x>').click();
  await now.page.getByRole('heading', { name: 'Case', exact: true }).waitFor();
  await button('Me').click();
  await pick('Status', 'In progress', now.page);
  await now.page.getByLabel('Note').fill('<b>Looked at it.</b>');
  await button('Save case').click();
  await now.page.getByRole('list', { name: 'Notes' }).getByText('<b>Looked at it.</b>').waitFor();
  await now.page.reload();
  await now.page.getByRole('list', { name: 'Notes' }).getByText('<b>Looked at it.</b>').waitFor();
  await pick('Status', 'Closed', now.page);
  assert.ok(await button('Save case').isDisabled());
  await pick('Reason', /^Expected/, now.page);
  await button('Save case').click();
  await now.page.getByText(/case changed 0 min ago/).waitFor();
  await hand('a1', 'A live one <img src=x>', { revision: 2 });
  await now.page.reload();
  await now.page.getByText('The finding has changed since the case was closed.').waitFor();
});

test('many findings are given to somebody, found again, and kept as a view', async () => {
  await at('findings', 'Findings');
  await now.page.getByRole('checkbox', { name: 'Select An asked one' }).check();
  await button('Assign').click();
  await dialog().getByLabel('Owner').fill('ann');
  await inDialog('Save cases').click();
  await row('Findings', /An asked one/).getByText('ann').waitFor();
  await pick('Case', 'In progress', now.page);
  await gone(/was granted anonymous access/);
  await finding('An asked one').waitFor();
  await button('Views').click();
  await now.page.getByRole('menuitem', { name: 'Save this view' }).click();
  await dialog().getByLabel('Name').fill('Under way');
  await inDialog('Save view').click();
  await show('findings', 'Findings');
  await finding(/was granted anonymous access/).waitFor();
  await now.page.reload();
  await button('Views').click();
  await now.page.getByRole('menuitem', { name: 'Under way' }).click();
  await gone(/was granted anonymous access/);
  await button('Under way').click();
  await now.page.getByRole('menuitem', { name: 'Delete Under way' }).click();
  await button('Views').waitFor();
});

test('a list is looked at, uploaded, switched off and on and deleted', async () => {
  await at('config/lists', 'Lists');
  await button('Add list').click();
  await dialog().getByLabel('Name').fill('Our own');
  await dialog().getByLabel('Entries').fill('198.51.100.7\nno address at all\n');
  await inDialog('Check').click();
  await dialog().getByText('1 entries would act, 1 lines cannot be used').waitFor();
  await inDialog('Add list').click();
  await row('Lists', /Our own/).getByText('Active', { exact: true }).waitFor();
  for (const [act, status] of [
    ['Deactivate', 'Inactive'],
    ['Activate', 'Active'],
  ]) {
    await choose('Lists', /Our own/);
    await button(act).click();
    await inDialog(act).click();
    await row('Lists', /Our own/).getByText(status, { exact: true }).waitFor();
  }
  await choose('Lists', /Our own/);
  await button('Delete').click();
  await inDialog('Delete').click();
  await now.page.getByText('There is no list.').waitFor();
});

test('a rule is previewed, hides, counts, is edited and deleted', async () => {
  await at('config/suppression?filter=type%3DRecon%3AEC2%2FPortscan', 'Suppression rules');
  await dialog().getByLabel('Name').fill('scans');
  await inDialog('What would it have hidden?').click();
  await dialog().getByText(/2 of \d+ current findings of 90 days would have been hidden/).waitFor();
  await inDialog('Save rule').click();
  await row('Suppression rules', /scans/).getByText('type=Recon:EC2/Portscan').waitFor();
  await hand('a3', 'A hidden one');
  await now.page.reload();
  await row('Suppression rules', /scans/).getByText(/\(0 min ago\)/).waitFor();
  await dialog().getByRole('button', { name: 'Close' }).click();
  await choose('Suppression rules', /scans/);
  await button('Edit').click();
  await dialog().getByLabel('Rank').fill('7');
  await dialog().getByLabel('Why').fill('our scanner');
  await inDialog('Save rule').click();
  await row('Suppression rules', /scans/).getByText('our scanner').waitFor();
  await choose('Suppression rules', /scans/);
  await button('Delete').click();
  await inDialog('Delete').click();
  await now.page.getByText('No rule hides anything here.').waitFor();
});

test('a detection rule is tried, made live and switched off', async () => {
  await at('config/rules', 'Detection rules');
  const first = now.page.getByRole('table', { name: 'Detection rules' }).getByRole('row').nth(1);
  for (const [mode, word] of [
    [/^Dry run/, 'Dry run'],
    [/^Live/, 'Live'],
    [/^Off/, 'Off'],
  ]) {
    await first.getByRole('radio').check();
    await button('Set mode').click();
    await dialog().getByRole('radio', { name: mode }).check();
    await inDialog('Save mode').click();
    await first.getByText(word, { exact: true }).waitFor();
  }
});

test('a destination is added, tried, looked after and deleted', async () => {
  await at('config/destinations', 'Destinations');
  await button('Add destination').click();
  await dialog().getByLabel('Name', { exact: true }).fill('lines');
  await pick('Type', 'File');
  await dialog().getByLabel('File name').fill('../escape');
  await inDialog('Save destination').click();
  await dialog().getByText(/Expected the name of a file/).waitFor();
  await dialog().getByLabel('File name').fill('lines.jsonl');
  await inDialog('Save destination').click();
  await choose('Destinations', /lines/);
  await button('Send a test').click();
  await now.page.getByText('lines: the sample was delivered').waitFor();
  await button('Dead letters').click();
  await dialog().getByText('Nothing is dead').waitFor();
  await dialog().getByRole('button', { name: 'Close' }).click();
  await button('Edit').click();
  await pick('Severity', 'High and above');
  await inDialog('Save destination').click();
  await row('Destinations', /lines/).getByRole('cell', { name: '7', exact: true }).waitFor();
  await button('Delete').click();
  await inDialog('Delete').click();
  await now.page.getByText("Findings leave by GuardDuty's exports alone.").waitFor();
});

test('an account is invited and leaves the list', async () => {
  await at('config/members', 'Members');
  await button('Invite').click();
  await dialog().getByLabel('Account').fill('123456789012');
  await dialog().getByLabel('E-mail').fill('member@example.com');
  await inDialog('Invite').click();
  await row('Members', /123456789012/).waitFor();
  await choose('Members', /123456789012/);
  await button('Delete').click();
  await inDialog('Delete').click();
  await now.page.getByText('There are no members.').waitFor();
});

test('a reader is made, sees and changes nothing, and is out at once when disabled', async () => {
  await at('config/access', 'Users');
  await button('Create user').click();
  await dialog().getByLabel('Name').fill('rita');
  await dialog().getByLabel('Password').fill('short');
  await inDialog('Create').click();
  await dialog().getByText(/a password has 12 to/).waitFor();
  await dialog().getByLabel('Password').fill(PASSWORD);
  await inDialog('Create').click();
  await row('Users', /rita/).waitFor();
  await choose('Users', /rita/);
  await button('Change password').click();
  await dialog().getByLabel('New password').fill(`${PASSWORD}!`);
  await inDialog('Save password').click();
  const administrator = now.page;
  await open();
  await signInAs('rita', `${PASSWORD}!`);
  await now.page.getByRole('heading', { name: 'Overview', exact: true }).waitFor();
  await show('config/detectors', 'Detectors');
  await choose('Detectors', /eu-central-1/);
  assert.ok(await button('Change').isDisabled());
  assert.ok(await button('Enable a Region').isDisabled());
  for (const where of ['access', 'destinations']) {
    await now.page.goto(`${process.env.AWS_ENDPOINT_URL}/#/config/${where}`);
    await now.page.getByText(/^Administrators see and change/).waitFor();
  }
  const reader = now.page;
  now.page = administrator;
  await choose('Users', /rita/);
  await button('Disable user').click();
  await inDialog('Disable').click();
  await row('Users', /rita/).getByText('Disabled').waitFor();
  now.page = reader;
  await now.page.goto(`${process.env.AWS_ENDPOINT_URL}/#/config/detectors`);
  await now.page.getByRole('heading', { name: 'Sign in to Tocsin' }).waitFor();
});

test('a key is shown once, and nobody can disable the own one', async () => {
  await at('config/access', 'Users');
  await button('Create key').click();
  await inDialog('Create').click();
  const shown = await now.page.getByText(/aws_secret_access_key/).innerText();
  const id = /aws_access_key_id = (\S+)/.exec(shown)[1];
  await now.page.reload();
  await row('Access keys', new RegExp(id)).waitFor();
  assert.equal(await now.page.getByText(/aws_secret_access_key/).count(), 0);
  await choose('Access keys', new RegExp(id));
  await button('Disable key').click();
  await inDialog('Disable').click();
  await row('Access keys', new RegExp(id)).getByText('Disabled').waitFor();
  const own = (await ask('GET', '/tocsin/v1/session')).body.principal;
  await choose('Access keys', new RegExp(own));
  assert.ok(await button('Disable key').isDisabled());
});

async function askAgain() {
  const soon = { timeout: 5_000 };
  await now.page.getByRole('button', { name: 'Usage by' }).first().click(soon);
  await now.page.getByRole('option', { name: 'By source' }).first().click(soon);
}

test('who has signed in again is where the session ended', async () => {
  await at('config/usage', 'Usage');
  await now.page.context().clearCookies();
  await askAgain().catch(() => {}); // unless the page has asked by itself before
  await now.page.getByRole('heading', { name: 'Sign in to Tocsin' }).waitFor();
  await signIn();
  await now.page.getByRole('heading', { name: 'Usage' }).waitFor();
});

test('who does not touch anything is warned, and signed out', async () => {
  await now.page.clock.install();
  await at('config/usage', 'Usage');
  await now.page.clock.fastForward('29:30');
  await dialog().getByText('Are you still there?').waitFor();
  await inDialog('Stay signed in').last().click();
  await dialog().waitFor({ state: 'hidden' });
  await now.page.clock.fastForward('30:05');
  await now.page.getByText('You were signed out, as nothing was touched for 30 minutes.').waitFor();
  await now.page.reload();
  await now.page.getByRole('heading', { name: 'Sign in to Tocsin' }).waitFor();
});

test('who signs out is out', async () => {
  await at('config/usage', 'Usage');
  await now.page.getByRole('button', { name: /AKIA/ }).click();
  await now.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await now.page.getByRole('heading', { name: 'Sign in to Tocsin' }).waitFor();
  await now.page.reload();
  await now.page.getByRole('heading', { name: 'Sign in to Tocsin' }).waitFor();
});

test('a server that is gone is said on each page, and asked again', async () => {
  await at('sources', 'Sources');
  for (const [where, heading] of PAGES) {
    await now.page.route(/\/(tocsin\/v1|detector|custom-detection-rule|invitation)\b/, (route) => route.abort());
    await show(`config/${where}`, heading);
    await now.page.getByText('The server does not answer.').first().waitFor();
    await now.page.unrouteAll();
    const errors = await now.page.getByText('The server does not answer.').count();
    await button('Try again').first().click();
    await now.page.getByText('The server does not answer.').nth(errors - 1).waitFor({ state: 'detached' });
  }
});

for (const [where, heading] of PAGES) {
  test(`config/${where} has nothing that keeps people out, light and dark, wide and narrow`, async () => {
    for (const options of LOOKS) {
      await now.page.context().close();
      await open(options);
      await at(`config/${where}`, heading);
      await now.page.locator('[class*=awsui_loading]').first().waitFor({ state: 'detached' });
      assert.deepEqual(await serious(), [], JSON.stringify(options));
      const beyond = await now.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(beyond <= 0, `${beyond} pixels beyond the edge, ${JSON.stringify(options)}`);
      assert.deepEqual(now.broken, []);
      assert.deepEqual(now.foreign, []);
    }
  });
}
