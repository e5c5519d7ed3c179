import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { signIn, type Session } from '../api/client';

export function SignIn({ trouble, onSignedIn }: { trouble: string; onSignedIn: (session: Session) => void }) {
  const [way, setWay] = useState('user');
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const [refused, setRefused] = useState('');
  const [busy, setBusy] = useState(false);
  const byKey = way === 'key';
  const submit = async () => {
    setBusy(true);
    try {
      onSignedIn(
        await signIn(byKey ? { accessKeyId: name, secretAccessKey: secret } : { user: name, password: secret }),
      );
    } catch (e) {
      setRefused(e instanceof Error ? e.message : String(e));
      setSecret('');
      setBusy(false);
    }
  };
  const message = refused === '' ? trouble : refused;
  return (
    <main>
      <Box margin={{ horizontal: 'm', vertical: 'xxxl' }}>
        <div style={{ maxWidth: '28rem', margin: '0 auto' }}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <Container header={<Header variant="h1">Sign in to Tocsin</Header>}>
              <Form
                actions={
                  <Button variant="primary" loading={busy}>
                    Sign in
                  </Button>
                }
              >
                <SpaceBetween size="m">
                  {message === '' ? null : <Alert type="error">{message}</Alert>}
                  <RadioGroup
                    ariaLabel="Sign in with"
                    direction="horizontal"
                    value={way}
                    onChange={({ detail }) => {
                      setWay(detail.value);
                    }}
                    items={[
                      { value: 'user', label: 'User and password' },
                      { value: 'key', label: 'Access key' },
                    ]}
                  />
                  <FormField label={byKey ? 'Access key ID' : 'User'}>
                    <Input
                      value={name}
                      autoComplete="username"
                      onChange={({ detail }) => {
                        setName(detail.value);
                      }}
                    />
                  </FormField>
                  <FormField
                    label={byKey ? 'Secret access key' : 'Password'}
                    description={
                      byKey
                        ? 'The first key lies in the data folder of the service.'
                        : "'tocsin users create' makes users."
                    }
                  >
                    <Input
                      value={secret}
                      type="password"
                      autoComplete="current-password"
                      onChange={({ detail }) => {
                        setSecret(detail.value);
                      }}
                    />
                  </FormField>
                </SpaceBetween>
              </Form>
            </Container>
          </form>
        </div>
      </Box>
    </main>
  );
}
