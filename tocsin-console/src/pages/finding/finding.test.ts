import { describe, expect, test } from 'vitest';
import { rarity, series } from './bars';
import { action, actors, remoteParties, told, traits } from './facts';
import { bands, story } from './story';

const CALL = {
  type: 'PenTest:IAMUser/KaliLinux',
  accountId: '111122223333',
  resource: {
    accessKeyDetails: { userName: '<b>eve</b>', accessKeyId: 'AKIA1', userType: 'IAMUser' },
    s3BucketDetails: [{ name: 'one' }, { name: 'two' }],
  },
  service: {
    action: {
      awsApiCallAction: {
        api: 'StopLogging',
        serviceName: 'cloudtrail.amazonaws.com',
        errorCode: 'AccessDenied',
        remoteIpDetails: { ipAddressV4: '198.51.100.23', country: { countryName: 'Iceland' } },
      },
    },
  },
};

describe('who, what and from where', () => {
  test('of a call', () => {
    expect(action(CALL)).toBe('cloudtrail:StopLogging, refused with AccessDenied');
    expect(actors(CALL).map((one) => one.name)).toEqual(['<b>eve</b>', 'AKIA1']);
    expect(remoteParties(CALL)).toEqual([{ label: 'Remote address', name: '198.51.100.23', more: 'Iceland' }]);
  });

  test('what a rule could be made of, the first of several', () => {
    expect(traits(CALL)).toContainEqual({ attribute: 'resource.s3BucketDetails.name', label: 'Bucket', value: 'one' });
    expect(traits(CALL).map((trait) => trait.attribute)).toContain('type');
    expect(traits({})).toEqual([]);
  });

  test('a description is sentences and what was observed, without its steps', () => {
    expect(told('It was seen\nfor long:\n  - one\n  - two\n  - In order:\n    10:00 a')).toEqual({
      sentences: 'It was seen for long:',
      observed: ['one', 'two'],
    });
  });
});

describe('the bars of a verdict', () => {
  const score = {
    parts: 'calls 4.2 , new to the account 1.7 , region 0.0 , network 5.6',
    thresholds: 'context 21.0 of 7.3 , calls 12.5 of 11.0',
    activeDays: 12,
    usual: { APIs: 'ListBuckets (12)' },
  };
  const found = rarity({ service: { additionalInfo: { score } } });

  test('parts are sorted, what weighs nothing is left out', () => {
    expect(found?.parts.map((part) => part.name)).toEqual(['network', 'calls', 'new to the account']);
  });

  test('each way has what it takes', () => {
    expect(found?.channels).toEqual([
      { name: 'context', bits: 21, threshold: 7.3 },
      { name: 'calls', bits: 12.5, threshold: 11 },
    ]);
  });

  test.each([
    [{}],
    [{ service: { additionalInfo: { score: '0.88' } } }],
    [{ service: { additionalInfo: { score: { parts: 'x' } } } }],
  ])('what is no score has none: %j', (one) => {
    expect(rarity(one)).toBeNull();
  });
});

describe('courses', () => {
  test('a baseline is a band, and no history says so', () => {
    const activity = { of: 'sessions', binSeconds: 600, bins: [{ start: '2026-01-05T11:20:00.000Z', count: 28 }] };
    const one = (days: number) => ({
      tocsin: { evidence: { activity } },
      service: { additionalInfo: { baseline: { of: 'sessions', days, highest: 3 } } },
    });
    expect(series(one(9))[0]?.usual).toBe(3);
    expect(series(one(9))[0]?.usualText).toContain('9 days');
    expect(series(one(0))[0]?.usualText).toContain('no history');
  });

  test('numbers by time, whether each has a start or the first', () => {
    const info = { timeSeries: { binSeconds: 600, start: 0, bytesOut: [1, 2] } };
    expect(series({ service: { additionalInfo: info } })[0]?.bars.map((bar) => bar.label)).toEqual([
      '1970-01-01T00:00:00.000Z',
      '1970-01-01T00:10:00.000Z',
    ]);
    const starts = { timeSeries: { binSeconds: 600, starts: [60], connections: [3], bytes: [9] } };
    expect(series({ service: { additionalInfo: starts } }).map((one) => one.bars[0]?.value)).toEqual([3, 9]);
  });

  test('nothing is drawn of what is not there', () => {
    expect(series({})).toEqual([]);
    expect(series({ service: { additionalInfo: { timeSeries: 'x', series: [null], callsByHour: ['a'] } } })).toEqual(
      [],
    );
  });
});

describe('a sequence', () => {
  const signal = (uid: string, type: string, firstSeenAt: unknown, tactic: string) => ({
    uid,
    type,
    name: uid,
    firstSeenAt,
    actorIds: ['USER:1'],
    resourceUids: ['b'],
    signalIndicators: [{ key: 'ATTACK_TACTIC', values: [tactic] }],
  });
  const one = {
    service: {
      detection: {
        sequence: {
          actors: [{ id: 'USER:1', user: { name: 'eve' } }, { id: 'USER:2' }],
          resources: [{ uid: 'b', name: 'bucket' }],
          signals: [
            signal('arn:aws:guardduty:r:a:detector/d/finding/f1', 'FINDING', 7200, 'Impact'),
            signal('sts:GetCallerIdentity', 'CLOUD_TRAIL', '1970-01-01T00:00:00.000Z', 'Discovery'),
            signal('iam:ListUsers', 'CLOUD_TRAIL', 30_000, 'Discovery'),
          ],
        },
      },
    },
  };

  test('is put in order, with the time between', () => {
    const steps = story(one)?.steps ?? [];
    expect(steps.map((step) => [step.name.slice(0, 6), step.findingId, step.gap])).toEqual([
      ['sts:Ge', '', ''],
      ['arn:aw', 'f1', '2 h'],
      ['iam:Li', '', '6 h'],
    ]);
  });

  test('has a lane for those alone that do something', () => {
    expect(story(one)?.lanes.map((lane) => lane.label)).toEqual(['eve', 'bucket']);
  });

  test('tactics that follow each other are one band', () => {
    expect(bands(story(one)?.steps ?? []).map((band) => [band.tactic, band.from, band.to])).toEqual([
      ['Discovery', 0, 0],
      ['Impact', 1, 1],
      ['Discovery', 2, 2],
    ]);
  });

  test('is none where there is none', () => {
    expect(story({})).toBeNull();
  });
});
