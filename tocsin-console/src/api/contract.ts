// Written by build/types.mjs from @aws-sdk/client-guardduty 3.1169.0, as the server's table has it; not by hand.

/** Requests and answers of the operations that the console calls, by wire names; times are epoch seconds. */
export interface Operations {
  AcceptAdministratorInvitation: {
    input: AcceptAdministratorInvitationRequest;
    output: AcceptAdministratorInvitationResponse;
  };
  CreateCustomDetectionRuleAssociation: {
    input: CreateCustomDetectionRuleAssociationRequest;
    output: CreateCustomDetectionRuleAssociationResponse;
  };
  CreateDetector: { input: CreateDetectorRequest; output: CreateDetectorResponse };
  CreateFilter: { input: CreateFilterRequest; output: CreateFilterResponse };
  CreateIPSet: { input: CreateIPSetRequest; output: CreateIPSetResponse };
  CreateMembers: { input: CreateMembersRequest; output: CreateMembersResponse };
  CreateThreatEntitySet: { input: CreateThreatEntitySetRequest; output: CreateThreatEntitySetResponse };
  CreateThreatIntelSet: { input: CreateThreatIntelSetRequest; output: CreateThreatIntelSetResponse };
  CreateTrustedEntitySet: { input: CreateTrustedEntitySetRequest; output: CreateTrustedEntitySetResponse };
  DeleteCustomDetectionRuleAssociation: {
    input: DeleteCustomDetectionRuleAssociationRequest;
    output: DeleteCustomDetectionRuleAssociationResponse;
  };
  DeleteFilter: { input: DeleteFilterRequest; output: DeleteFilterResponse };
  DeleteIPSet: { input: DeleteIPSetRequest; output: DeleteIPSetResponse };
  DeleteMembers: { input: DeleteMembersRequest; output: DeleteMembersResponse };
  DeleteThreatEntitySet: { input: DeleteThreatEntitySetRequest; output: DeleteThreatEntitySetResponse };
  DeleteThreatIntelSet: { input: DeleteThreatIntelSetRequest; output: DeleteThreatIntelSetResponse };
  DeleteTrustedEntitySet: { input: DeleteTrustedEntitySetRequest; output: DeleteTrustedEntitySetResponse };
  DisassociateMembers: { input: DisassociateMembersRequest; output: DisassociateMembersResponse };
  GetAdministratorAccount: { input: GetAdministratorAccountRequest; output: GetAdministratorAccountResponse };
  GetFilter: { input: GetFilterRequest; output: GetFilterResponse };
  InviteMembers: { input: InviteMembersRequest; output: InviteMembersResponse };
  ListCustomDetectionRuleAssociations: {
    input: ListCustomDetectionRuleAssociationsRequest;
    output: ListCustomDetectionRuleAssociationsResponse;
  };
  ListCustomDetectionRules: { input: ListCustomDetectionRulesRequest; output: ListCustomDetectionRulesResponse };
  ListFilters: { input: ListFiltersRequest; output: ListFiltersResponse };
  ListInvitations: { input: ListInvitationsRequest; output: ListInvitationsResponse };
  ListMembers: { input: ListMembersRequest; output: ListMembersResponse };
  UpdateCustomDetectionRuleAssociation: {
    input: UpdateCustomDetectionRuleAssociationRequest;
    output: UpdateCustomDetectionRuleAssociationResponse;
  };
  UpdateDetector: { input: UpdateDetectorRequest; output: UpdateDetectorResponse };
  UpdateFilter: { input: UpdateFilterRequest; output: UpdateFilterResponse };
  UpdateIPSet: { input: UpdateIPSetRequest; output: UpdateIPSetResponse };
  UpdateMemberDetectors: { input: UpdateMemberDetectorsRequest; output: UpdateMemberDetectorsResponse };
  UpdateThreatEntitySet: { input: UpdateThreatEntitySetRequest; output: UpdateThreatEntitySetResponse };
  UpdateThreatIntelSet: { input: UpdateThreatIntelSetRequest; output: UpdateThreatIntelSetResponse };
  UpdateTrustedEntitySet: { input: UpdateTrustedEntitySetRequest; output: UpdateTrustedEntitySetResponse };
}

/** Where the members of requests go: those that the address names, those behind its question mark, the rest in the body. */
export const OPERATIONS: Record<keyof Operations, { method: string; uri: string; query: string[] }> = {
  AcceptAdministratorInvitation: { method: 'POST', uri: '/detector/{DetectorId}/administrator', query: [] },
  CreateCustomDetectionRuleAssociation: { method: 'POST', uri: '/custom-detection-rule/association', query: [] },
  CreateDetector: { method: 'POST', uri: '/detector', query: [] },
  CreateFilter: { method: 'POST', uri: '/detector/{DetectorId}/filter', query: [] },
  CreateIPSet: { method: 'POST', uri: '/detector/{DetectorId}/ipset', query: [] },
  CreateMembers: { method: 'POST', uri: '/detector/{DetectorId}/member', query: [] },
  CreateThreatEntitySet: { method: 'POST', uri: '/detector/{DetectorId}/threatentityset', query: [] },
  CreateThreatIntelSet: { method: 'POST', uri: '/detector/{DetectorId}/threatintelset', query: [] },
  CreateTrustedEntitySet: { method: 'POST', uri: '/detector/{DetectorId}/trustedentityset', query: [] },
  DeleteCustomDetectionRuleAssociation: {
    method: 'DELETE',
    uri: '/custom-detection-rule/rule/{RuleId}/association/{AssociationId}',
    query: [],
  },
  DeleteFilter: { method: 'DELETE', uri: '/detector/{DetectorId}/filter/{FilterName}', query: [] },
  DeleteIPSet: { method: 'DELETE', uri: '/detector/{DetectorId}/ipset/{IpSetId}', query: [] },
  DeleteMembers: { method: 'POST', uri: '/detector/{DetectorId}/member/delete', query: [] },
  DeleteThreatEntitySet: {
    method: 'DELETE',
    uri: '/detector/{DetectorId}/threatentityset/{ThreatEntitySetId}',
    query: [],
  },
  DeleteThreatIntelSet: {
    method: 'DELETE',
    uri: '/detector/{DetectorId}/threatintelset/{ThreatIntelSetId}',
    query: [],
  },
  DeleteTrustedEntitySet: {
    method: 'DELETE',
    uri: '/detector/{DetectorId}/trustedentityset/{TrustedEntitySetId}',
    query: [],
  },
  DisassociateMembers: { method: 'POST', uri: '/detector/{DetectorId}/member/disassociate', query: [] },
  GetAdministratorAccount: { method: 'GET', uri: '/detector/{DetectorId}/administrator', query: [] },
  GetFilter: { method: 'GET', uri: '/detector/{DetectorId}/filter/{FilterName}', query: [] },
  InviteMembers: { method: 'POST', uri: '/detector/{DetectorId}/member/invite', query: [] },
  ListCustomDetectionRuleAssociations: {
    method: 'GET',
    uri: '/custom-detection-rule/association',
    query: ['maxResults', 'nextToken', 'ruleId', 'mode'],
  },
  ListCustomDetectionRules: { method: 'POST', uri: '/custom-detection-rule/rule', query: [] },
  ListFilters: { method: 'GET', uri: '/detector/{DetectorId}/filter', query: ['maxResults', 'nextToken'] },
  ListInvitations: { method: 'GET', uri: '/invitation', query: ['maxResults', 'nextToken'] },
  ListMembers: {
    method: 'GET',
    uri: '/detector/{DetectorId}/member',
    query: ['maxResults', 'nextToken', 'onlyAssociated'],
  },
  UpdateCustomDetectionRuleAssociation: {
    method: 'PUT',
    uri: '/custom-detection-rule/rule/{RuleId}/association/{AssociationId}',
    query: [],
  },
  UpdateDetector: { method: 'POST', uri: '/detector/{DetectorId}', query: [] },
  UpdateFilter: { method: 'POST', uri: '/detector/{DetectorId}/filter/{FilterName}', query: [] },
  UpdateIPSet: { method: 'POST', uri: '/detector/{DetectorId}/ipset/{IpSetId}', query: [] },
  UpdateMemberDetectors: { method: 'POST', uri: '/detector/{DetectorId}/member/detector/update', query: [] },
  UpdateThreatEntitySet: {
    method: 'POST',
    uri: '/detector/{DetectorId}/threatentityset/{ThreatEntitySetId}',
    query: [],
  },
  UpdateThreatIntelSet: { method: 'POST', uri: '/detector/{DetectorId}/threatintelset/{ThreatIntelSetId}', query: [] },
  UpdateTrustedEntitySet: {
    method: 'POST',
    uri: '/detector/{DetectorId}/trustedentityset/{TrustedEntitySetId}',
    query: [],
  },
};

export interface Condition {
  eq?: string[] | undefined;
  neq?: string[] | undefined;
  gt?: number | undefined;
  gte?: number | undefined;
  lt?: number | undefined;
  lte?: number | undefined;
  equals?: string[] | undefined;
  notEquals?: string[] | undefined;
  greaterThan?: number | undefined;
  greaterThanOrEqual?: number | undefined;
  lessThan?: number | undefined;
  lessThanOrEqual?: number | undefined;
  matches?: string[] | undefined;
  notMatches?: string[] | undefined;
}

export interface AcceptAdministratorInvitationRequest {
  DetectorId: string;
  administratorId: string;
  invitationId: string;
}

export type AcceptAdministratorInvitationResponse = Record<string, never>;

export interface CreateCustomDetectionRuleAssociationRequest {
  ruleId: string;
  mode: 'DRY_RUN' | 'LIVE';
  clientToken?: string | undefined;
  tags?: Record<string, string> | undefined;
}

export interface CreateCustomDetectionRuleAssociationResponse {
  ruleAssociation: AssociationDetail;
}

export interface CreateDetectorRequest {
  enable: boolean;
  clientToken?: string | undefined;
  findingPublishingFrequency?: 'FIFTEEN_MINUTES' | 'ONE_HOUR' | 'SIX_HOURS' | undefined;
  dataSources?: DataSourceConfigurations | undefined;
  tags?: Record<string, string> | undefined;
  features?: DetectorFeatureConfiguration[] | undefined;
}

export interface CreateDetectorResponse {
  detectorId?: string | undefined;
  unprocessedDataSources?: UnprocessedDataSourcesResult | undefined;
}

export interface CreateFilterRequest {
  DetectorId: string;
  name: string;
  findingCriteria: FindingCriteria;
  description?: string | undefined;
  action?: 'ARCHIVE' | 'NOOP' | undefined;
  rank?: number | undefined;
  clientToken?: string | undefined;
  tags?: Record<string, string> | undefined;
}

export interface CreateFilterResponse {
  name: string;
}

export interface CreateIPSetRequest {
  DetectorId: string;
  name: string;
  format: 'ALIEN_VAULT' | 'FIRE_EYE' | 'OTX_CSV' | 'PROOF_POINT' | 'STIX' | 'TXT';
  location: string;
  activate: boolean;
  clientToken?: string | undefined;
  tags?: Record<string, string> | undefined;
  expectedBucketOwner?: string | undefined;
}

export interface CreateIPSetResponse {
  ipSetId: string;
}

export interface CreateMembersRequest {
  DetectorId: string;
  accountDetails: AccountDetail[];
}

export interface CreateMembersResponse {
  unprocessedAccounts: UnprocessedAccount[];
}

export interface CreateThreatEntitySetRequest {
  DetectorId: string;
  name: string;
  format: 'ALIEN_VAULT' | 'FIRE_EYE' | 'OTX_CSV' | 'PROOF_POINT' | 'STIX' | 'TXT';
  location: string;
  activate: boolean;
  expectedBucketOwner?: string | undefined;
  clientToken?: string | undefined;
  tags?: Record<string, string> | undefined;
}

export interface CreateThreatEntitySetResponse {
  threatEntitySetId: string;
}

export interface CreateThreatIntelSetRequest {
  DetectorId: string;
  name: string;
  format: 'ALIEN_VAULT' | 'FIRE_EYE' | 'OTX_CSV' | 'PROOF_POINT' | 'STIX' | 'TXT';
  location: string;
  activate: boolean;
  clientToken?: string | undefined;
  tags?: Record<string, string> | undefined;
  expectedBucketOwner?: string | undefined;
}

export interface CreateThreatIntelSetResponse {
  threatIntelSetId: string;
}

export interface CreateTrustedEntitySetRequest {
  DetectorId: string;
  name: string;
  format: 'ALIEN_VAULT' | 'FIRE_EYE' | 'OTX_CSV' | 'PROOF_POINT' | 'STIX' | 'TXT';
  location: string;
  activate: boolean;
  expectedBucketOwner?: string | undefined;
  clientToken?: string | undefined;
  tags?: Record<string, string> | undefined;
}

export interface CreateTrustedEntitySetResponse {
  trustedEntitySetId: string;
}

export interface DeleteCustomDetectionRuleAssociationRequest {
  RuleId: string;
  AssociationId: string;
}

export type DeleteCustomDetectionRuleAssociationResponse = Record<string, never>;

export interface DeleteFilterRequest {
  DetectorId: string;
  FilterName: string;
}

export type DeleteFilterResponse = Record<string, never>;

export interface DeleteIPSetRequest {
  DetectorId: string;
  IpSetId: string;
}

export type DeleteIPSetResponse = Record<string, never>;

export interface DeleteMembersRequest {
  DetectorId: string;
  accountIds: string[];
}

export interface DeleteMembersResponse {
  unprocessedAccounts: UnprocessedAccount[];
}

export interface DeleteThreatEntitySetRequest {
  DetectorId: string;
  ThreatEntitySetId: string;
}

export type DeleteThreatEntitySetResponse = Record<string, never>;

export interface DeleteThreatIntelSetRequest {
  DetectorId: string;
  ThreatIntelSetId: string;
}

export type DeleteThreatIntelSetResponse = Record<string, never>;

export interface DeleteTrustedEntitySetRequest {
  DetectorId: string;
  TrustedEntitySetId: string;
}

export type DeleteTrustedEntitySetResponse = Record<string, never>;

export interface DisassociateMembersRequest {
  DetectorId: string;
  accountIds: string[];
}

export interface DisassociateMembersResponse {
  unprocessedAccounts: UnprocessedAccount[];
}

export interface GetAdministratorAccountRequest {
  DetectorId: string;
}

export interface GetAdministratorAccountResponse {
  administrator: Administrator;
}

export interface GetFilterRequest {
  DetectorId: string;
  FilterName: string;
}

export interface GetFilterResponse {
  name: string;
  action: 'ARCHIVE' | 'NOOP';
  findingCriteria: FindingCriteria;
  description?: string | undefined;
  rank?: number | undefined;
  tags?: Record<string, string> | undefined;
  createdAt?: number | undefined;
  updatedAt?: number | undefined;
  version?: number | undefined;
}

export interface InviteMembersRequest {
  DetectorId: string;
  accountIds: string[];
  disableEmailNotification?: boolean | undefined;
  message?: string | undefined;
}

export interface InviteMembersResponse {
  unprocessedAccounts: UnprocessedAccount[];
}

export interface ListCustomDetectionRuleAssociationsRequest {
  maxResults?: number | undefined;
  nextToken?: string | undefined;
  ruleId?: string | undefined;
  mode?: 'DRY_RUN' | 'LIVE' | undefined;
}

export interface ListCustomDetectionRuleAssociationsResponse {
  ruleAssociations: AssociationSummary[];
  nextToken?: string | undefined;
}

export interface ListCustomDetectionRulesRequest {
  maxResults?: number | undefined;
  nextToken?: string | undefined;
  filters?: DetectionRuleFilter[] | undefined;
}

export interface ListCustomDetectionRulesResponse {
  rules: RuleSummary[];
  nextToken?: string | undefined;
}

export interface ListFiltersRequest {
  DetectorId: string;
  maxResults?: number | undefined;
  nextToken?: string | undefined;
}

export interface ListFiltersResponse {
  filterNames: string[];
  nextToken?: string | undefined;
}

export interface ListInvitationsRequest {
  maxResults?: number | undefined;
  nextToken?: string | undefined;
}

export interface ListInvitationsResponse {
  invitations?: Invitation[] | undefined;
  nextToken?: string | undefined;
}

export interface ListMembersRequest {
  DetectorId: string;
  maxResults?: number | undefined;
  nextToken?: string | undefined;
  onlyAssociated?: string | undefined;
}

export interface ListMembersResponse {
  members?: Member[] | undefined;
  nextToken?: string | undefined;
}

export interface UpdateCustomDetectionRuleAssociationRequest {
  RuleId: string;
  AssociationId: string;
  mode: 'DRY_RUN' | 'LIVE';
}

export type UpdateCustomDetectionRuleAssociationResponse = Record<string, never>;

export interface UpdateDetectorRequest {
  DetectorId: string;
  enable?: boolean | undefined;
  findingPublishingFrequency?: 'FIFTEEN_MINUTES' | 'ONE_HOUR' | 'SIX_HOURS' | undefined;
  dataSources?: DataSourceConfigurations | undefined;
  features?: DetectorFeatureConfiguration[] | undefined;
}

export type UpdateDetectorResponse = Record<string, never>;

export interface UpdateFilterRequest {
  DetectorId: string;
  FilterName: string;
  description?: string | undefined;
  action?: 'ARCHIVE' | 'NOOP' | undefined;
  rank?: number | undefined;
  findingCriteria?: FindingCriteria | undefined;
}

export interface UpdateFilterResponse {
  name: string;
}

export interface UpdateIPSetRequest {
  DetectorId: string;
  IpSetId: string;
  name?: string | undefined;
  location?: string | undefined;
  activate?: boolean | undefined;
  expectedBucketOwner?: string | undefined;
}

export type UpdateIPSetResponse = Record<string, never>;

export interface UpdateMemberDetectorsRequest {
  DetectorId: string;
  accountIds: string[];
  dataSources?: DataSourceConfigurations | undefined;
  features?: MemberFeaturesConfiguration[] | undefined;
}

export interface UpdateMemberDetectorsResponse {
  unprocessedAccounts: UnprocessedAccount[];
}

export interface UpdateThreatEntitySetRequest {
  DetectorId: string;
  ThreatEntitySetId: string;
  name?: string | undefined;
  location?: string | undefined;
  expectedBucketOwner?: string | undefined;
  activate?: boolean | undefined;
}

export type UpdateThreatEntitySetResponse = Record<string, never>;

export interface UpdateThreatIntelSetRequest {
  DetectorId: string;
  ThreatIntelSetId: string;
  name?: string | undefined;
  location?: string | undefined;
  activate?: boolean | undefined;
  expectedBucketOwner?: string | undefined;
}

export type UpdateThreatIntelSetResponse = Record<string, never>;

export interface UpdateTrustedEntitySetRequest {
  DetectorId: string;
  TrustedEntitySetId: string;
  name?: string | undefined;
  location?: string | undefined;
  expectedBucketOwner?: string | undefined;
  activate?: boolean | undefined;
}

export type UpdateTrustedEntitySetResponse = Record<string, never>;

export interface AssociationDetail {
  associationId: string;
  arn: string;
  ruleId: string;
  accountId: string;
  mode: 'DRY_RUN' | 'LIVE';
  createdAt: number;
  updatedAt: number;
  expiresAt?: number | undefined;
}

export interface DataSourceConfigurations {
  s3Logs?: S3LogsConfiguration | undefined;
  kubernetes?: KubernetesConfiguration | undefined;
  malwareProtection?: MalwareProtectionConfiguration | undefined;
}

export interface DetectorFeatureConfiguration {
  name?:
    | 'AI_ANALYST'
    | 'AI_PROTECTION'
    | 'EBS_MALWARE_PROTECTION'
    | 'EKS_AUDIT_LOGS'
    | 'EKS_RUNTIME_MONITORING'
    | 'LAMBDA_NETWORK_LOGS'
    | 'RDS_LOGIN_EVENTS'
    | 'RUNTIME_MONITORING'
    | 'S3_DATA_EVENTS'
    | undefined;
  status?: 'DISABLED' | 'ENABLED' | undefined;
  additionalConfiguration?: DetectorAdditionalConfiguration[] | undefined;
}

export interface UnprocessedDataSourcesResult {
  malwareProtection?: MalwareProtectionConfigurationResult | undefined;
}

export interface FindingCriteria {
  criterion?: Record<string, Condition> | undefined;
}

export interface AccountDetail {
  accountId: string;
  email: string;
}

export interface UnprocessedAccount {
  accountId: string;
  result: string;
}

export interface Administrator {
  accountId?: string | undefined;
  invitationId?: string | undefined;
  relationshipStatus?: string | undefined;
  invitedAt?: string | undefined;
}

export interface AssociationSummary {
  associationId: string;
  arn: string;
  ruleId: string;
  mode: 'DRY_RUN' | 'LIVE';
  createdAt: number;
  updatedAt: number;
  expiresAt?: number | undefined;
}

export interface DetectionRuleFilter {
  name: 'dataSource' | 'description' | 'name' | 'service' | 'severity' | 'tactic' | 'technique';
  values: string[];
  condition?: 'CONTAINS' | 'EQUALS' | undefined;
}

export interface RuleSummary {
  ruleId: string;
  arn: string;
  name: string;
  description: string;
  severity: 'CRITICAL' | 'HIGH' | 'LOW' | 'MEDIUM';
  dataSource: 'CloudTrailManagementEvent' | 'RuntimeMonitoring';
  tactic: string;
  technique: string;
  service: string;
  createdAt: number;
  language?: 'SQL' | undefined;
  schema?: 'CloudTrail' | undefined;
  updatedAt?: number | undefined;
}

export interface Invitation {
  accountId?: string | undefined;
  invitationId?: string | undefined;
  relationshipStatus?: string | undefined;
  invitedAt?: string | undefined;
}

export interface Member {
  accountId: string;
  masterId: string;
  email: string;
  relationshipStatus: string;
  updatedAt: string;
  detectorId?: string | undefined;
  invitedAt?: string | undefined;
  administratorId?: string | undefined;
}

export interface MemberFeaturesConfiguration {
  name?:
    | 'AI_PROTECTION'
    | 'EBS_MALWARE_PROTECTION'
    | 'EKS_AUDIT_LOGS'
    | 'EKS_RUNTIME_MONITORING'
    | 'LAMBDA_NETWORK_LOGS'
    | 'RDS_LOGIN_EVENTS'
    | 'RUNTIME_MONITORING'
    | 'S3_DATA_EVENTS'
    | undefined;
  status?: 'DISABLED' | 'ENABLED' | undefined;
  additionalConfiguration?: MemberAdditionalConfiguration[] | undefined;
}

export interface S3LogsConfiguration {
  enable: boolean;
}

export interface KubernetesConfiguration {
  auditLogs: KubernetesAuditLogsConfiguration;
}

export interface MalwareProtectionConfiguration {
  scanEc2InstanceWithFindings?: ScanEc2InstanceWithFindings | undefined;
}

export interface DetectorAdditionalConfiguration {
  name?: 'EC2_AGENT_MANAGEMENT' | 'ECS_FARGATE_AGENT_MANAGEMENT' | 'EKS_ADDON_MANAGEMENT' | 'RDS_DATA_RISK' | undefined;
  status?: 'DISABLED' | 'ENABLED' | undefined;
}

export interface MalwareProtectionConfigurationResult {
  scanEc2InstanceWithFindings?: ScanEc2InstanceWithFindingsResult | undefined;
  serviceRole?: string | undefined;
}

export interface MemberAdditionalConfiguration {
  name?: 'EC2_AGENT_MANAGEMENT' | 'ECS_FARGATE_AGENT_MANAGEMENT' | 'EKS_ADDON_MANAGEMENT' | 'RDS_DATA_RISK' | undefined;
  status?: 'DISABLED' | 'ENABLED' | undefined;
}

export interface KubernetesAuditLogsConfiguration {
  enable: boolean;
}

export interface ScanEc2InstanceWithFindings {
  ebsVolumes?: boolean | undefined;
}

export interface ScanEc2InstanceWithFindingsResult {
  ebsVolumes?: EbsVolumesResult | undefined;
}

export interface EbsVolumesResult {
  status?: 'DISABLED' | 'ENABLED' | undefined;
  reason?: string | undefined;
}
