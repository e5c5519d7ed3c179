import { at, list, text, type Json } from '../../api/findings';

/** Somebody or something with a page of its own. */
export interface Named {
  label: string;
  name: string;
  /** What is told beside the name. */
  more?: string;
}

const REMOTE = ['awsApiCallAction', 'networkConnectionAction', 'kubernetesApiCallAction', 'rdsLoginAttemptAction'];

function named(label: string, name: string, more = ''): Named[] {
  return name === '' ? [] : [more === '' ? { label, name } : { label, name, more }];
}

/** The parties at the other end, with network and place. */
export function remoteParties(one: Json): Named[] {
  for (const action of REMOTE) {
    const details = at(one, 'service', 'action', action, 'remoteIpDetails');
    if (details !== undefined) {
      const place = [
        text(details, 'organization', 'asnOrg'),
        text(details, 'city', 'cityName'),
        text(details, 'country', 'countryName'),
      ];
      return named(
        'Remote address',
        text(details, 'ipAddressV4') || text(details, 'ipAddressV6'),
        place.filter((part) => part !== '').join(', '),
      );
    }
  }
  return named('Domain', text(one, 'service', 'action', 'dnsRequestAction', 'domain'));
}

/** Who acted: the identity and its key. */
export function actors(one: Json): Named[] {
  const key = at(one, 'resource', 'accessKeyDetails');
  const sequence = list(one, 'service', 'detection', 'sequence', 'actors').flatMap((actor) =>
    named('Identity', text(actor, 'user', 'name') || text(actor, 'id'), text(actor, 'user', 'type')),
  );
  return [
    ...named('Identity', text(key, 'userName'), text(key, 'userType')),
    ...named('Access key', text(key, 'accessKeyId')),
    ...sequence,
  ];
}

/** What it was done to, or by. */
export function resources(one: Json): Named[] {
  const resource = at(one, 'resource');
  return [
    ...named('Instance', text(resource, 'instanceDetails', 'instanceId')),
    ...named('Function', text(resource, 'lambdaDetails', 'functionName')),
    ...list(resource, 's3BucketDetails').flatMap((bucket) => named('Bucket', text(bucket, 'name'))),
    ...named('Database', text(resource, 'rdsDbInstanceDetails', 'dbInstanceIdentifier')),
    ...named('Cluster', text(resource, 'eksClusterDetails', 'name')),
    ...list(one, 'service', 'detection', 'sequence', 'resources')
      .filter((part) => text(part, 'resourceType') !== 'ACCESS_KEY')
      .flatMap((part) => named('Resource', text(part, 'name') || text(part, 'uid'))),
  ];
}

/** What was done, in few words. */
export function action(one: Json): string {
  const done = at(one, 'service', 'action');
  const api = text(done, 'awsApiCallAction', 'api');
  if (api !== '') {
    const service = text(done, 'awsApiCallAction', 'serviceName').replace('.amazonaws.com', '');
    const error = text(done, 'awsApiCallAction', 'errorCode');
    return `${service}:${api}${error === '' ? '' : `, refused with ${error}`}`;
  }
  const network = at(done, 'networkConnectionAction');
  if (network !== undefined) {
    return [
      text(network, 'connectionDirection').toLowerCase(),
      text(network, 'protocol'),
      `port ${text(network, 'localPortDetails', 'port')} here, ${text(network, 'remotePortDetails', 'port')} there`,
      text(network, 'blocked') === 'true' ? 'blocked' : '',
    ]
      .filter((part) => part !== '')
      .join(', ');
  }
  const domain = text(done, 'dnsRequestAction', 'domain');
  return domain === '' ? '' : `asked for ${domain}`;
}

/** What is said first, and of a sequence what was observed; its steps are drawn, not told. */
export function told(description: string): { sentences: string; observed: string[] } {
  const lines = (description.split('\n  - In order')[0] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    sentences: lines.filter((line) => !line.startsWith('- ')).join(' '),
    observed: lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2)),
  };
}

/** A condition that a suppression rule may have: what this finding has at an attribute. */
export interface Trait {
  attribute: string;
  label: string;
  value: string;
}

const TRAITS: readonly [label: string, ...path: string[]][] = [
  ['Finding type', 'type'],
  ['Account', 'accountId'],
  ['User name', 'resource', 'accessKeyDetails', 'userName'],
  ['Instance', 'resource', 'instanceDetails', 'instanceId'],
  ['Image', 'resource', 'instanceDetails', 'imageId'],
  ['Function', 'resource', 'lambdaDetails', 'functionName'],
  ['Bucket', 'resource', 's3BucketDetails', 'name'],
  ['Call', 'service', 'action', 'awsApiCallAction', 'api'],
  ['Address of the caller', 'service', 'action', 'awsApiCallAction', 'remoteIpDetails', 'ipAddressV4'],
  ['Network of the caller', 'service', 'action', 'awsApiCallAction', 'remoteIpDetails', 'organization', 'asn'],
  ['Remote address', 'service', 'action', 'networkConnectionAction', 'remoteIpDetails', 'ipAddressV4'],
  ['Remote network', 'service', 'action', 'networkConnectionAction', 'remoteIpDetails', 'organization', 'asn'],
  ['Remote port', 'service', 'action', 'networkConnectionAction', 'remotePortDetails', 'port'],
  ['Local port', 'service', 'action', 'networkConnectionAction', 'localPortDetails', 'port'],
  ['Domain', 'service', 'action', 'dnsRequestAction', 'domain'],
  ['Threat list', 'service', 'additionalInfo', 'threatListName'],
];

/** By what a rule could tell this finding from others. */
export function traits(one: Json): Trait[] {
  return TRAITS.flatMap(([label, ...path]) => {
    const first = path.reduce<unknown>((from, name) => {
      const inner = at(from, name);
      return Array.isArray(inner) ? (inner as unknown[])[0] : inner;
    }, one);
    const value = typeof first === 'string' || typeof first === 'number' ? String(first) : '';
    return value === '' ? [] : [{ attribute: path.join('.'), label, value }];
  });
}
