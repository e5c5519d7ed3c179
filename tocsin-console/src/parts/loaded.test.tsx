import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useLoaded } from './loaded';

test('the server is asked before the page is drawn, and once', async () => {
  const asked: string[] = [];
  const drawn: string[] = [];
  const { result, rerender } = renderHook(
    ({ key }) => {
      const loaded = useLoaded(key, () => {
        asked.push(`${key} after ${drawn.length}`);
        return Promise.resolve(key);
      });
      drawn.push(key);
      return loaded;
    },
    { initialProps: { key: 'a' } },
  );
  await act(() => Promise.resolve());
  expect(asked).toEqual(['a after 0']);
  expect(result.current.value).toBe('a');
  const before = drawn.length;
  rerender({ key: 'b' });
  await act(() => Promise.resolve());
  expect(asked).toEqual(['a after 0', `b after ${before + 1}`]);
  expect(result.current.value).toBe('b');
  act(() => {
    result.current.again();
  });
  await act(() => Promise.resolve());
  expect(asked).toHaveLength(3);
});

test('what was refused before the page was drawn is told', async () => {
  const { result } = renderHook(() => useLoaded('a', () => Promise.reject(new Error('no'))));
  await act(() => Promise.resolve());
  expect(result.current.error).toBe('no');
});
