import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AcceptAdministratorInvitationCommand,
  AcceptInvitationCommand,
  ArchiveFindingsCommand,
  CreateDetectorCommand,
  CreateIPSetCommand,
  CreateMembersCommand,
  CreateSampleFindingsCommand,
  DeclineInvitationsCommand,
  DeleteDetectorCommand,
  DeleteInvitationsCommand,
  DeleteMembersCommand,
  DescribeOrganizationConfigurationCommand,
  DisableOrganizationAdminAccountCommand,
  DisassociateFromAdministratorAccountCommand,
  DisassociateFromMasterAccountCommand,
  DisassociateMembersCommand,
  EnableOrganizationAdminAccountCommand,
  GetAdministratorAccountCommand,
  GetInvitationsCountCommand,
  GetMasterAccountCommand,
  GetMemberDetectorsCommand,
  GetMembersCommand,
  GetOrganizationStatisticsCommand,
  GuardDutyClient,
  InviteMembersCommand,
  ListFindingsCommand,
  ListInvitationsCommand,
  ListMembersCommand,
  ListOrganizationAdminAccountsCommand,
  StartMonitoringMembersCommand,
  StopMonitoringMembersCommand,
  UpdateMemberDetectorsCommand,
  UpdateOrganizationConfigurationCommand,
} from '@aws-sdk/client-guardduty';
import { call, refused } from './client.mjs';

const { TOCSIN_ACCOUNT, TOCSIN_MEMBER, TOCSIN_MEMBER_KEY, TOCSIN_MEMBER_SECRET } = process.env;
const AccountIds = [TOCSIN_MEMBER];
const other = new GuardDutyClient({
  maxAttempts: 1,
  credentials: { accessKeyId: TOCSIN_MEMBER_KEY, secretAccessKey: TOCSIN_MEMBER_SECRET },
});
const asMember = (command) => call(command, other);

test('an account is invited, joins, is administered, and leaves', async () => {
  const { DetectorId } = await call(new CreateDetectorCommand({ Enable: true }));
  const { DetectorId: theirs } = await asMember(new CreateDetectorCommand({ Enable: true }));
  assert.deepEqual((await call(new ListMembersCommand({ DetectorId }))).Members, []);
  assert.deepEqual(await call(new GetAdministratorAccountCommand({ DetectorId })), {});

  const AccountDetails = [{ AccountId: TOCSIN_MEMBER, Email: 'member@example.org' }];
  assert.deepEqual((await call(new CreateMembersCommand({ DetectorId, AccountDetails }))).UnprocessedAccounts, []);
  const invite = { DetectorId, AccountIds, Message: '', DisableEmailNotification: true };
  assert.deepEqual((await call(new InviteMembersCommand(invite))).UnprocessedAccounts, []);
  const { Members } = await call(new GetMembersCommand({ DetectorId, AccountIds }));
  assert.equal(Members[0].RelationshipStatus, 'Invited');

  assert.equal((await asMember(new GetInvitationsCountCommand({}))).InvitationsCount, 1);
  const [invitation] = (await asMember(new ListInvitationsCommand({}))).Invitations;
  assert.equal(invitation.AccountId, TOCSIN_ACCOUNT);
  await asMember(
    new AcceptAdministratorInvitationCommand({
      DetectorId: theirs,
      AdministratorId: TOCSIN_ACCOUNT,
      InvitationId: invitation.InvitationId,
    }),
  );
  const { Master } = await asMember(new GetMasterAccountCommand({ DetectorId: theirs }));
  assert.equal(Master.AccountId, TOCSIN_ACCOUNT);
  assert.equal(Master.RelationshipStatus, 'Enabled');

  await asMember(new CreateSampleFindingsCommand({ DetectorId: theirs, FindingTypes: ['PenTest:IAMUser/KaliLinux'] }));
  const { FindingIds } = await call(new ListFindingsCommand({ DetectorId }));
  assert.equal(FindingIds.length, 1);
  await assert.rejects(other.send(new ArchiveFindingsCommand({ DetectorId: theirs, FindingIds })), {
    name: 'BadRequestException',
  });
  const list = { Name: 'x', Format: 'TXT', Location: 's3://a/b', Activate: false };
  await assert.rejects(other.send(new CreateIPSetCommand({ DetectorId: theirs, ...list })), {
    name: 'AccessDeniedException',
  });

  await call(new StopMonitoringMembersCommand({ DetectorId, AccountIds }));
  await call(new StartMonitoringMembersCommand({ DetectorId, AccountIds }));
  const Features = [{ Name: 'RDS_LOGIN_EVENTS', Status: 'ENABLED' }];
  assert.deepEqual(
    (await call(new UpdateMemberDetectorsCommand({ DetectorId, AccountIds, Features }))).UnprocessedAccounts,
    [],
  );
  const { MemberDataSourceConfigurations } = await call(new GetMemberDetectorsCommand({ DetectorId, AccountIds }));
  assert.deepEqual(
    MemberDataSourceConfigurations[0].Features.filter((f) => f.Name === 'RDS_LOGIN_EVENTS').map((f) => f.Status),
    ['ENABLED'],
  );

  await refused(
    new DeleteDetectorCommand({ DetectorId }),
    'BadRequestException',
    'cannot delete detector while it has invited or associated members',
  );
  await asMember(new DisassociateFromAdministratorAccountCommand({ DetectorId: theirs }));
  await call(new InviteMembersCommand({ DetectorId, AccountIds }));
  await asMember(new DeclineInvitationsCommand({ AccountIds: [TOCSIN_ACCOUNT] }));
  await asMember(new DeleteInvitationsCommand({ AccountIds: [TOCSIN_ACCOUNT] }));
  await call(new InviteMembersCommand({ DetectorId, AccountIds }));
  await call(new DisassociateMembersCommand({ DetectorId, AccountIds }));
  await call(new DeleteMembersCommand({ DetectorId, AccountIds }));
  assert.deepEqual((await call(new GetMembersCommand({ DetectorId, AccountIds }))).Members, []);
  await call(new DeleteDetectorCommand({ DetectorId }));
  await asMember(new DeleteDetectorCommand({ DetectorId: theirs }));
});

test('the older names of the same calls do the same', async () => {
  const { DetectorId } = await call(new CreateDetectorCommand({ Enable: true }));
  const theirs = (await asMember(new CreateDetectorCommand({ Enable: true }))).DetectorId;
  await call(
    new CreateMembersCommand({ DetectorId, AccountDetails: [{ AccountId: TOCSIN_MEMBER, Email: 'm@example.org' }] }),
  );
  await call(new InviteMembersCommand({ DetectorId, AccountIds, Message: '' }));
  const { Invitations } = await asMember(new ListInvitationsCommand({}));
  const { InvitationId } = Invitations[0];
  await asMember(new AcceptInvitationCommand({ DetectorId: theirs, MasterId: TOCSIN_ACCOUNT, InvitationId }));
  assert.equal((await asMember(new GetMasterAccountCommand({ DetectorId: theirs }))).Master.AccountId, TOCSIN_ACCOUNT);
  await asMember(new DisassociateFromMasterAccountCommand({ DetectorId: theirs }));
  await call(new DeleteMembersCommand({ DetectorId, AccountIds }));
  await call(new DeleteDetectorCommand({ DetectorId }));
  await asMember(new DeleteDetectorCommand({ DetectorId: theirs }));
});

test('an organization enrols its accounts', async () => {
  await assert.rejects(other.send(new EnableOrganizationAdminAccountCommand({ AdminAccountId: TOCSIN_MEMBER })), {
    name: 'BadRequestException',
  });
  const { DetectorId } = await call(new CreateDetectorCommand({ Enable: true }));
  await call(new EnableOrganizationAdminAccountCommand({ AdminAccountId: TOCSIN_ACCOUNT }));
  assert.deepEqual((await call(new ListOrganizationAdminAccountsCommand({}))).AdminAccounts, [
    { AdminAccountId: TOCSIN_ACCOUNT, AdminStatus: 'ENABLED' },
  ]);
  await call(
    new UpdateOrganizationConfigurationCommand({
      DetectorId,
      AutoEnableOrganizationMembers: 'ALL',
      Features: [{ Name: 'LAMBDA_NETWORK_LOGS', AutoEnable: 'NEW' }],
    }),
  );
  const settings = await call(new DescribeOrganizationConfigurationCommand({ DetectorId }));
  assert.equal(settings.AutoEnable, true);
  assert.deepEqual(
    settings.Features.filter((f) => f.Name === 'LAMBDA_NETWORK_LOGS').map((f) => f.AutoEnable),
    ['NEW'],
  );
  const { Members } = await call(new ListMembersCommand({ DetectorId }));
  assert.deepEqual(Members.map((m) => [m.AccountId, m.RelationshipStatus]), [[TOCSIN_MEMBER, 'Enabled']]);
  const { OrganizationDetails } = await call(new GetOrganizationStatisticsCommand({}));
  assert.equal(OrganizationDetails.OrganizationStatistics.EnabledAccountsCount, 2);
  await refused(new DisassociateMembersCommand({ DetectorId, AccountIds }), 'BadRequestException', 'ALL');
  await call(new DisableOrganizationAdminAccountCommand({ AdminAccountId: TOCSIN_ACCOUNT }));
  await call(new DeleteDetectorCommand({ DetectorId }));
});
