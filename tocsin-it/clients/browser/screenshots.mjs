// Takes the pictures of docs/console.md, of a service over samples/ (docs/console.md says how). Usage:
//   node screenshots.mjs FOLDER
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { at, launch, now, open, quit, show } from './steps.mjs';

const FOLDER = process.argv[2];
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 380, height: 720 };

/** What is on them, and on which screens. */
const PAGES = [
  ['overview', 'Overview', 'desktop phone'],
  ['findings', 'Findings', 'desktop phone'],
  ['finding', '', 'desktop phone'],
  ['case', '', 'desktop'],
  ['config/suppression', 'Suppression rules', 'desktop'],
  ['config/rules', 'Detection rules', 'desktop'],
];

async function taken(where, heading, file) {
  if (where === 'finding' || where === 'case') {
    await show('findings', 'Findings');
    await now.page.getByRole('table', { name: 'Findings' }).getByRole('link').first().click();
    const title = now.page.getByRole('heading', { name: where === 'case' ? 'Case' : 'What to do now', exact: true });
    await title.waitFor();
    if (where === 'case') await title.evaluate((one) => one.scrollIntoView({ block: 'center' }));
  } else {
    await show(where, heading);
  }
  await now.page.waitForTimeout(1500); // charts and fonts settle
  await now.page.screenshot({ path: join(FOLDER, file) });
}

mkdirSync(FOLDER, { recursive: true });
await launch();
for (const [screen, viewport] of [
  ['desktop', DESKTOP],
  ['phone', PHONE],
]) {
  for (const colorScheme of ['light', 'dark']) {
    await open({ colorScheme, viewport, timezoneId: 'UTC' });
    await at('overview', 'Overview');
    for (const [where, heading, screens] of PAGES) {
      if (screens.includes(screen)) {
        await taken(where, heading, `${where.replace('config/', '')}-${screen}-${colorScheme}.png`);
      }
    }
  }
}
await quit();
