import { at, text } from '../api/findings';

/** A record of a finding's evidence in one line. */
export function described(record: unknown): string {
  const fields = at(record, 'fields');
  const name = text(fields, 'eventName');
  if (name !== '') {
    const error = text(fields, 'errorCode');
    const service = text(fields, 'eventSource').replace('.amazonaws.com', '');
    return `${service}:${name}${error === '' ? '' : ` (${error})`}`;
  }
  const target = text(fields, 'dstaddr');
  if (target !== '') {
    const size = `${text(fields, 'packets')} packets, ${text(fields, 'bytes')} bytes`;
    const refused = text(fields, 'action') === 'REJECT' ? ', rejected' : '';
    return `${text(fields, 'srcaddr')}:${text(fields, 'srcport')} > ${target}:${text(fields, 'dstport')}, ${size}${refused}`;
  }
  const asked = text(fields, 'query_name');
  return asked === '' ? 'record' : `asked ${text(fields, 'query_type')} ${asked}`.replace('  ', ' ');
}

/** From where an API call came, or empty. */
export function cameFrom(record: unknown): string {
  return text(record, 'fields', 'sourceIPAddress');
}
