import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Detector } from '../../api/config';
import type { Administrator, Invitation, Member, UnprocessedAccount } from '../../api/contract';
import { guardduty, pages } from '../../api/guardduty';
import { Dialog } from '../../parts/Dialog';
import { Listing } from '../../parts/Listing';
import { RegionSelect, usePlaces } from '../../parts/Place';
import { useLoaded } from '../../parts/loaded';
import { address, go } from '../../parts/route';
import { useMayWrite } from '../../parts/session';

interface Ties {
  members: Member[];
  invitations: Invitation[];
  administrator: Administrator | undefined;
}

async function ties(here: Detector): Promise<Ties> {
  const DetectorId = here.detectorId;
  const [members, invitations, answer] = await Promise.all([
    pages(
      (nextToken) => guardduty('ListMembers', { DetectorId, nextToken, onlyAssociated: 'false' }, here.region),
      (page) => page.members ?? [],
    ),
    pages(
      (nextToken) => guardduty('ListInvitations', { nextToken }, here.region),
      (page) => page.invitations ?? [],
    ),
    guardduty('GetAdministratorAccount', { DetectorId }, here.region),
  ]);
  return { members, invitations, administrator: answer.administrator };
}

/** Says what the API could not do of what it answered. */
async function all(answer: Promise<{ unprocessedAccounts: UnprocessedAccount[] }>): Promise<void> {
  const refused = (await answer).unprocessedAccounts;
  if (refused.length > 0) {
    throw new Error(refused.map((one) => `${one.accountId}: ${one.result}`).join(' '));
  }
}

export default function Members({ query }: { query: URLSearchParams }) {
  const mayWrite = useMayWrite();
  const places = usePlaces(query.get('region'));
  const here = places.here;
  const loaded = useLoaded<Ties | undefined>(`ties ${here?.detectorId ?? ''}`, () =>
    here === undefined ? Promise.resolve(undefined) : ties(here),
  );
  const [selected, setSelected] = useState<Member>();
  const [invited, setInvited] = useState<Invitation>();
  const [open, setOpen] = useState<'' | 'add' | 'leave' | 'delete' | 'accept'>('');
  const members = loaded.value?.members ?? [];
  const invitations = (loaded.value?.invitations ?? []).filter((one) => one.relationshipStatus !== 'Enabled');
  const administrator = loaded.value?.administrator?.accountId;
  const chosen = members.find((one) => one.accountId === selected?.accountId);
  const close = () => {
    setOpen('');
    loaded.again();
  };
  const shown = places.loaded.error === undefined ? loaded : places.loaded;
  const DetectorId = here?.detectorId ?? '';
  const region = here?.region ?? '';
  return (
    <SpaceBetween size="l">
      {administrator === undefined ? null : (
        <Alert type="info">Your account is a member of {administrator} in this Region.</Alert>
      )}
      <Listing
        title="Members"
        description="Accounts whose findings yours sees and whose features it sets."
        loaded={here === undefined ? places.loaded : shown}
        items={members}
        name={(one) => one.accountId}
        selected={chosen}
        onSelect={setSelected}
        actions={
          <>
            <RegionSelect
              places={places}
              onChange={(next) => {
                go(address('config', 'members', { region: next }));
              }}
            />
            <Button
              disabled={!mayWrite || chosen?.relationshipStatus !== 'Enabled'}
              onClick={() => {
                setOpen('leave');
              }}
            >
              Disassociate
            </Button>
            <Button
              disabled={!mayWrite || chosen === undefined || chosen.relationshipStatus === 'Enabled'}
              onClick={() => {
                setOpen('delete');
              }}
            >
              Delete
            </Button>
            <Button
              variant="primary"
              disabled={!mayWrite || here === undefined}
              onClick={() => {
                setOpen('add');
              }}
            >
              Invite
            </Button>
          </>
        }
        columns={[
          { id: 'account', header: 'Account', isRowHeader: true, cell: (one) => one.accountId },
          { id: 'email', header: 'E-mail', cell: (one) => one.email },
          { id: 'status', header: 'Relationship', cell: (one) => one.relationshipStatus },
          { id: 'invited', header: 'Invited', cell: (one) => one.invitedAt ?? '' },
          { id: 'updated', header: 'Changed', cell: (one) => one.updatedAt },
        ]}
        empty={here === undefined ? 'Your account has no detector yet.' : 'There are no members.'}
      />
      <Listing
        title="Invitations"
        level="h2"
        description="From accounts that want to administer yours."
        loaded={here === undefined ? places.loaded : shown}
        items={invitations}
        name={(one) => one.accountId ?? ''}
        selected={invitations.find((one) => one.accountId === invited?.accountId)}
        onSelect={setInvited}
        actions={
          <Button
            disabled={!mayWrite || invited === undefined}
            onClick={() => {
              setOpen('accept');
            }}
          >
            Accept
          </Button>
        }
        columns={[
          { id: 'account', header: 'Account', isRowHeader: true, cell: (one) => one.accountId ?? '' },
          { id: 'status', header: 'Relationship', cell: (one) => one.relationshipStatus ?? '' },
          { id: 'invited', header: 'Invited', cell: (one) => one.invitedAt ?? '' },
        ]}
        empty="Nobody has invited your account."
      />
      {open === 'add' && here !== undefined ? <Invite here={here} onClose={close} /> : null}
      {open === 'leave' && chosen !== undefined ? (
        <Dialog
          title={`Disassociate ${chosen.accountId}?`}
          act="Disassociate"
          onAct={() => all(guardduty('DisassociateMembers', { DetectorId, accountIds: [chosen.accountId] }, region))}
          onClose={close}
        >
          Your account sees its findings no more; its detector goes on.
        </Dialog>
      ) : null}
      {open === 'delete' && chosen !== undefined ? (
        <Dialog
          title={`Delete ${chosen.accountId}?`}
          act="Delete"
          onAct={() => all(guardduty('DeleteMembers', { DetectorId, accountIds: [chosen.accountId] }, region))}
          onClose={close}
        >
          It leaves the list; it can be invited again.
        </Dialog>
      ) : null}
      {open === 'accept' && invited !== undefined ? (
        <Dialog
          title={`Become a member of ${invited.accountId ?? ''}?`}
          act="Accept"
          onAct={() =>
            guardduty(
              'AcceptAdministratorInvitation',
              {
                DetectorId,
                administratorId: invited.accountId ?? '',
                invitationId: invited.invitationId ?? '',
              },
              region,
            )
          }
          onClose={close}
        >
          That account then sees your findings and sets your features.
        </Dialog>
      ) : null}
    </SpaceBetween>
  );
}

function Invite({ here, onClose }: { here: Detector; onClose: () => void }) {
  const [accountId, setAccountId] = useState('');
  const [email, setEmail] = useState('');
  const invite = async () => {
    const DetectorId = here.detectorId;
    await all(guardduty('CreateMembers', { DetectorId, accountDetails: [{ accountId, email }] }, here.region));
    await all(
      guardduty('InviteMembers', { DetectorId, accountIds: [accountId], disableEmailNotification: true }, here.region),
    );
  };
  return (
    <Dialog
      title="Invite an account"
      act="Invite"
      disabled={!/^\d{12}$/.test(accountId) || email === ''}
      onAct={invite}
      onClose={onClose}
    >
      <FormField label="Account">
        <Input
          value={accountId}
          inputMode="numeric"
          onChange={({ detail }) => {
            setAccountId(detail.value.trim());
          }}
        />
      </FormField>
      <FormField label="E-mail" description="As GuardDuty's API wants one; nothing is sent to it.">
        <Input
          value={email}
          type="email"
          onChange={({ detail }) => {
            setEmail(detail.value.trim());
          }}
        />
      </FormField>
    </Dialog>
  );
}
