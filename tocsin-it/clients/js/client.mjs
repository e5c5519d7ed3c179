// The client as every test uses it: settings come from the environment, as for any program.
import assert from 'node:assert/strict';
import { GuardDutyClient } from '@aws-sdk/client-guardduty';
import { check } from './schema.mjs';

export const client = new GuardDutyClient({ maxAttempts: 1 });

/** Calls an operation; its answer, valid by the client's own schema, without the client's own metadata. */
export async function call(command, by = client) {
  const { $metadata, ...answer } = await by.send(command);
  check(command, answer);
  return answer;
}

/** The call must be refused with the class `name` and a message that holds `text`. */
export async function refused(command, name, text) {
  await assert.rejects(client.send(command), (error) => {
    assert.equal(error.name, name, `${error.name}: ${error.message}`);
    assert.ok(error.message.includes(text), error.message);
    return true;
  });
}
