import { afterEach, describe, expect, test, vi } from 'vitest';
import { guardduty, pages } from './guardduty';

function answering(body: unknown) {
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response(JSON.stringify(body))));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

interface Answer {
  found: number[];
  nextToken?: string;
}

describe('operations of the API', () => {
  test('members go where the table has them', async () => {
    const fetched = answering({ ruleAssociations: [] });
    await guardduty('ListCustomDetectionRuleAssociations', { maxResults: 7, nextToken: undefined }, 'eu-west-1');
    const [path, options] = fetched.mock.calls[0] ?? [];
    expect(path).toBe('/custom-detection-rule/association?maxResults=7');
    expect(options?.method).toBe('GET');
    expect(options?.body).toBeUndefined();
    expect(options?.headers).toMatchObject({ 'X-Tocsin-Region': 'eu-west-1' });
  });

  test('what the path names is escaped and not sent twice', async () => {
    const fetched = answering({ name: 'a b' });
    await guardduty('UpdateFilter', { DetectorId: 'd/1', FilterName: 'a b', rank: 2 }, 'eu-west-1');
    const [path, options] = fetched.mock.calls[0] ?? [];
    expect(path).toBe('/detector/d%2F1/filter/a%20b');
    expect(options?.body).toBe('{"rank":2}');
  });

  test('pages are asked for until there is no more', async () => {
    const answers: Answer[] = [
      { found: [1, 2], nextToken: 'more' },
      { found: [3], nextToken: '' },
    ];
    const asked: (string | undefined)[] = [];
    const all = await pages(
      (token) => {
        asked.push(token);
        return Promise.resolve(answers[asked.length - 1] ?? { found: [] });
      },
      (answer) => answer.found,
    );
    expect(all).toEqual([1, 2, 3]);
    expect(asked).toEqual([undefined, 'more']);
  });
});
