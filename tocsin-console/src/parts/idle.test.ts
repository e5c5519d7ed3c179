import { expect, test } from 'vitest';
import { left } from './idle';

test.each([
  [0, 1_000, 1_000],
  [999, 1_000, 1],
  [1_000, 1_000, 0],
  [5_000, 1_000, 0],
])('%i ms after the last move of %i at most', (since, most, expected) => {
  expect(left(50, 50 + since, most)).toBe(expected);
});
