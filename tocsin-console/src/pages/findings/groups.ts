import type { Group, GroupBy } from '../../api/findings';

/** By what findings are put together. */
export const GROUPINGS: readonly { value: string; label: string; by?: GroupBy }[] = [
  { value: '', label: 'Not grouped' },
  { value: 'type', label: 'By type', by: 'FINDING_TYPE' },
  { value: 'resource', label: 'By resource', by: 'RESOURCE' },
  { value: 'sequence', label: 'By attack sequence', by: 'ATTACK_SEQUENCE' },
  { value: 'identity', label: 'By identity', by: 'IDENTITY' },
  { value: 'account', label: 'By account', by: 'ACCOUNT' },
];

/** Attributes that hold a resource's name, by its type. */
const NAMES: Record<string, string> = {
  AccessKey: 'resource.accessKeyDetails.accessKeyId',
  Instance: 'resource.instanceDetails.instanceId',
  Lambda: 'resource.lambdaDetails.functionName',
  S3Bucket: 'resource.s3BucketDetails.name',
  EKSCluster: 'resource.eksClusterDetails.name',
  ECSCluster: 'resource.ecsClusterDetails.name',
  RDSDBInstance: 'resource.rdsDbInstanceDetails.dbInstanceIdentifier',
};

/** What a group is called. */
export function groupName(group: Group): string {
  const resource = [group.resourceType, group.resourceId].filter((part) => part !== undefined && part !== '');
  return (
    group.type ??
    (group.value === undefined ? undefined : (group.value.split('/finding/').at(-1) ?? group.value)) ??
    (resource.length > 0 ? resource.join(' ') : (group.account ?? ''))
  );
}

/** The filters that list the findings of a group, as the address has them. */
export function filtersOf(by: GroupBy, group: Group): string[] {
  const account = group.account === undefined ? [] : [`accountId=${group.account}`];
  switch (by) {
    case 'FINDING_TYPE':
      return [`type=${group.type ?? ''}`];
    case 'ATTACK_SEQUENCE':
      return [`associatedAttackSequenceArn=${group.value ?? ''}`];
    case 'IDENTITY':
      return [`resource.accessKeyDetails.userName=${group.value ?? ''}`, ...account];
    case 'RESOURCE': {
      const name = NAMES[group.resourceType ?? ''];
      const id = name === undefined || (group.resourceId ?? '') === '' ? [] : [`${name}=${group.resourceId ?? ''}`];
      return [`resource.resourceType=${group.resourceType ?? ''}`, ...id, ...account];
    }
    default:
      return account;
  }
}
