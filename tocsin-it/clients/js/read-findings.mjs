// Reads the findings at an endpoint as any program would; writes them as JSON, dates as epoch seconds.
//   node read-findings.mjs ENDPOINT DETECTOR ID...
import { GetFindingsCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';

const [endpoint, detector, ...ids] = process.argv.slice(2);
const client = new GuardDutyClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
});
const answer = await client.send(new GetFindingsCommand({ DetectorId: detector, FindingIds: ids }));
const epoch = (value) =>
  value instanceof Date
    ? value.getTime() / 1000
    : Array.isArray(value)
      ? value.map(epoch)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, epoch(part)]))
        : value;
console.log(JSON.stringify(answer.Findings.map(epoch)));
