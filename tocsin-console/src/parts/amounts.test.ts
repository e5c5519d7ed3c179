import { expect, test } from 'vitest';
import { amount, bytes } from './amounts';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KB'],
  [1.5 * 1024 ** 3, '1.5 GB'],
  [250 * 1024 ** 2, '250 MB'],
  [5000 * 1024 ** 5, '5000 PB'],
])('%d bytes are %s', (count, shown) => {
  expect(bytes(count)).toBe(shown);
});

test('counts are grouped by thousands', () => {
  expect(amount(1_234_567)).toBe('1,234,567');
});
