import { expect, test } from 'vitest';
import { lagText, stateOf } from './sources';

test.each([
  ['all is well', { status: 'up' }, 'success', 'up'],
  ['it does not answer', { status: 'down', reason: 'access denied' }, 'error', 'access denied'],
  [
    'it is silent, which is worse than other alarms',
    { status: 'up', alarms: { gap: 1, silent: 1 } },
    'error',
    'silent',
  ],
  ['there are alarms', { status: 'up', alarms: { gap: 2, 'set-aside': 1 } }, 'warning', 'gap, set aside'],
])('%s', (_, source, type, text) => {
  expect(stateOf({ name: 'trail', ...source })).toEqual({ type, text });
});

test.each([
  [undefined, 'nothing came yet'],
  [119, '119 s'],
  [120, '2 min'],
  [7200, '2 h'],
  [172_800, '2 d'],
])('a lag of %s s is %s', (seconds, text) => {
  expect(lagText(seconds)).toBe(text);
});
