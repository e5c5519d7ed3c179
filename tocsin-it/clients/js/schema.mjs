// An answer against the schema that the official client itself carries: types, and members that are always there.
import assert from 'node:assert/strict';
import { NormalizedSchema } from '@smithy/core/schema';

/** GuardDuty itself answers without these although the model has them always. */
const LEFT_OUT = new Set(['GetAdministratorAccountResponse.Administrator', 'GetMasterAccountResponse.Master']);

/** Fails unless `answer` is what `command` promises. */
export function check(command, answer) {
  const output = command.schema[5];
  checkValue(answer, NormalizedSchema.of(typeof output === 'function' ? output() : output), command.constructor.name);
}

function checkValue(value, schema, path) {
  if (schema.isUnitSchema() || schema.isDocumentSchema()) return;
  if (schema.isStructSchema()) {
    checkStruct(value, schema, path);
  } else if (schema.isListSchema()) {
    assert.ok(Array.isArray(value), `${path}: no list`);
    value.forEach((one, i) => checkValue(one, schema.getValueSchema(), `${path}[${i}]`));
  } else if (schema.isMapSchema()) {
    assert.equal(typeof value, 'object', path);
    for (const [key, one] of Object.entries(value)) checkValue(one, schema.getValueSchema(), `${path}.${key}`);
  } else if (schema.isTimestampSchema()) {
    assert.ok(value instanceof Date && !Number.isNaN(value.getTime()), `${path}: no time`);
  } else if (schema.isStringSchema()) {
    assert.equal(typeof value, 'string', path);
  } else if (schema.isBooleanSchema()) {
    assert.equal(typeof value, 'boolean', path);
  } else if (schema.isNumericSchema()) {
    assert.equal(typeof value, 'number', path);
  }
}

/** The static schema lists the members that are always there first, and says how many they are. */
function checkStruct(value, schema, path) {
  assert.ok(value !== null && typeof value === 'object' && !Array.isArray(value), `${path}: no structure`);
  const [, , name, , names, , always = 0] = schema.getSchema();
  for (const member of Array.isArray(names) ? names.slice(0, always) : []) {
    assert.ok(value[member] !== undefined || LEFT_OUT.has(`${name}.${member}`), `${path}: ${name} lacks ${member}`);
  }
  for (const [member, type] of schema.structIterator()) {
    if (value[member] !== undefined) checkValue(value[member], type, `${path}.${member}`);
  }
}
