import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { own } from '../../api/client';
import type { Key, User } from '../../api/config';
import { Dialog } from '../../parts/Dialog';
import { Listing } from '../../parts/Listing';
import { useLoaded } from '../../parts/loaded';
import { ownerName, useMayWrite, useSession } from '../../parts/session';
import { useSettings } from '../../parts/settings';
import { shownTime } from '../../parts/times';

const ROLES = [
  { value: 'reader', label: 'Reader', description: 'sees everything, changes nothing' },
  { value: 'administrator', label: 'Administrator', description: 'everything' },
  { value: 'ingest', label: 'Ingest', description: 'hands in findings of an engine that runs elsewhere' },
];

const OF_USERS = ROLES.slice(0, 2);

export default function Access() {
  return useMayWrite() ? (
    <SpaceBetween size="l">
      <Users />
      <Keys />
    </SpaceBetween>
  ) : (
    <Alert type="info" header="Keys and users">
      Administrators see and change who may come in.
    </Alert>
  );
}

function State({ enabled }: { enabled: boolean }) {
  return <StatusIndicator type={enabled ? 'success' : 'stopped'}>{enabled ? 'Enabled' : 'Disabled'}</StatusIndicator>;
}

function Users() {
  const session = useSession();
  const settings = useSettings();
  const loaded = useLoaded('users', () => own<{ users: User[] }>('GET', 'users'));
  const [selected, setSelected] = useState<User>();
  const [open, setOpen] = useState<'' | 'create' | 'password' | 'disable'>('');
  const close = () => {
    setOpen('');
    loaded.again();
  };
  const chosen = loaded.value?.users.find((one) => one.name === selected?.name);
  const path = `users/${encodeURIComponent(chosen?.name ?? '')}`;
  return (
    <>
      <Listing
        title="Users"
        description="People who sign in with a password."
        loaded={loaded}
        items={loaded.value?.users ?? []}
        name={(one) => one.name}
        selected={chosen}
        onSelect={setSelected}
        actions={
          <>
            <Button
              disabled={chosen?.enabled !== true}
              onClick={() => {
                setOpen('password');
              }}
            >
              Change password
            </Button>
            <Button
              disabled={chosen?.enabled !== true || chosen.name === ownerName(session)}
              onClick={() => {
                setOpen('disable');
              }}
            >
              Disable user
            </Button>
            <Button
              variant="primary"
              onClick={() => {
                setOpen('create');
              }}
            >
              Create user
            </Button>
          </>
        }
        columns={[
          { id: 'name', header: 'Name', isRowHeader: true, cell: (one) => one.name },
          { id: 'role', header: 'Role', cell: (one) => one.role },
          { id: 'account', header: 'Account', cell: (one) => one.accountId },
          { id: 'enabled', header: 'Status', cell: (one) => <State enabled={one.enabled} /> },
          { id: 'created', header: 'Created', cell: (one) => shownTime(one.createdAt, settings.zone) },
        ]}
        empty="There are no users. Who has an access key can sign in with it."
      />
      {open === 'create' ? <CreateUser onClose={close} /> : null}
      {open === 'password' && chosen !== undefined ? <Password name={chosen.name} path={path} onClose={close} /> : null}
      {open === 'disable' && chosen !== undefined ? (
        <Dialog
          title={`Disable ${chosen.name}?`}
          act="Disable"
          onAct={() => own('POST', `${path}/disable`)}
          onClose={close}
        >
          All sessions of the user end at once. A disabled user stays disabled; make another one if it was a mistake.
        </Dialog>
      ) : null}
    </>
  );
}

function Password({ name, path, onClose }: { name: string; path: string; onClose: () => void }) {
  const [password, setPassword] = useState('');
  return (
    <Dialog
      title={`Password of ${name}`}
      act="Save password"
      disabled={password === ''}
      onAct={() => own('POST', `${path}/password`, { password })}
      onClose={onClose}
    >
      <FormField label="New password" description="12 characters at least.">
        <Input
          value={password}
          type="password"
          autoComplete="new-password"
          onChange={({ detail }) => {
            setPassword(detail.value);
          }}
        />
      </FormField>
    </Dialog>
  );
}

function CreateUser({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState('reader');
  const [accountId, setAccountId] = useState(session.accountId);
  return (
    <Dialog
      title="Create a user"
      act="Create"
      disabled={name === '' || password === ''}
      onAct={() => own('POST', 'users', { name, password, role, accountId })}
      onClose={onClose}
    >
      <FormField label="Name">
        <Input
          value={name}
          autoComplete="off"
          onChange={({ detail }) => {
            setName(detail.value);
          }}
        />
      </FormField>
      <FormField label="Password" description="12 characters at least; the user can sign in with it at once.">
        <Input
          value={password}
          type="password"
          autoComplete="new-password"
          onChange={({ detail }) => {
            setPassword(detail.value);
          }}
        />
      </FormField>
      <RoleAndAccount roles={OF_USERS} role={role} onRole={setRole} accountId={accountId} onAccount={setAccountId} />
    </Dialog>
  );
}

function RoleAndAccount({
  roles,
  role,
  onRole,
  accountId,
  onAccount,
}: {
  roles: typeof ROLES;
  role: string;
  onRole: (role: string) => void;
  accountId: string;
  onAccount: (account: string) => void;
}) {
  return (
    <>
      <FormField label="Role">
        <Select
          selectedOption={roles.find((one) => one.value === role) ?? null}
          options={roles}
          onChange={({ detail }) => {
            onRole(detail.selectedOption.value ?? 'reader');
          }}
        />
      </FormField>
      <FormField label="Account" description="Whose findings are seen; the management account sees all.">
        <Input
          value={accountId}
          inputMode="numeric"
          onChange={({ detail }) => {
            onAccount(detail.value.trim());
          }}
        />
      </FormField>
    </>
  );
}

interface FreshKey {
  id: string;
  secretAccessKey: string;
}

function Keys() {
  const session = useSession();
  const settings = useSettings();
  const loaded = useLoaded('keys', () => own<{ keys: Key[] }>('GET', 'keys'));
  const [selected, setSelected] = useState<Key>();
  const [open, setOpen] = useState<'' | 'create' | 'disable'>('');
  const [fresh, setFresh] = useState<FreshKey>();
  const [role, setRole] = useState('reader');
  const [accountId, setAccountId] = useState(session.accountId);
  const close = () => {
    setOpen('');
    loaded.again();
  };
  const chosen = loaded.value?.keys.find((one) => one.id === selected?.id);
  return (
    <>
      {fresh === undefined ? null : (
        <Alert
          type="success"
          dismissible
          i18nStrings={{ dismissAriaLabel: 'Hide the key' }}
          header="The key is made. Its secret is shown this once."
          onDismiss={() => {
            setFresh(undefined);
          }}
        >
          <pre className="raw">{`[default]
aws_access_key_id = ${fresh.id}
aws_secret_access_key = ${fresh.secretAccessKey}`}</pre>
        </Alert>
      )}
      <Listing
        title="Access keys"
        level="h2"
        description="For clients of GuardDuty's API, and for engines that run elsewhere."
        loaded={loaded}
        items={loaded.value?.keys ?? []}
        name={(one) => one.id}
        selected={chosen}
        onSelect={setSelected}
        actions={
          <>
            <Button
              disabled={chosen?.enabled !== true || chosen.id === session.principal}
              onClick={() => {
                setOpen('disable');
              }}
            >
              Disable key
            </Button>
            <Button
              variant="primary"
              onClick={() => {
                setOpen('create');
              }}
            >
              Create key
            </Button>
          </>
        }
        columns={[
          { id: 'id', header: 'Access key ID', isRowHeader: true, cell: (one) => one.id },
          { id: 'role', header: 'Role', cell: (one) => one.role },
          { id: 'account', header: 'Account', cell: (one) => one.accountId },
          { id: 'enabled', header: 'Status', cell: (one) => <State enabled={one.enabled} /> },
          { id: 'created', header: 'Created', cell: (one) => shownTime(one.createdAt, settings.zone) },
        ]}
        empty="There are no keys."
      />
      {open === 'create' ? (
        <Dialog
          title="Create an access key"
          act="Create"
          onAct={async () => {
            setFresh(await own<FreshKey>('POST', 'keys', { role, accountId }));
          }}
          onClose={close}
        >
          <RoleAndAccount roles={ROLES} role={role} onRole={setRole} accountId={accountId} onAccount={setAccountId} />
        </Dialog>
      ) : null}
      {open === 'disable' && chosen !== undefined ? (
        <Dialog
          title={`Disable ${chosen.id}?`}
          act="Disable"
          onAct={() => own('POST', `keys/${chosen.id}/disable`)}
          onClose={close}
        >
          What is signed with it is refused from then on, and its sessions end. A disabled key stays disabled.
        </Dialog>
      ) : null}
    </>
  );
}
