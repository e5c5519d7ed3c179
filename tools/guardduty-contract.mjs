// Writes the table of GuardDuty's API that the server routes, binds, checks and writes by, from the schemas that the
// newest official client carries (npm @aws-sdk/client-guardduty, Apache-2.0). What these leave out (whole numbers,
// limits, values of enumerations) comes from the model in botocore (Apache-2.0) where it knows the member, else from
// the client's type declarations. Usage, where VERSION is the one in the table's `source`:
//
//   npm install --no-save @aws-sdk/client-guardduty@VERSION && pip download --no-deps botocore && unzip botocore-*.whl
//   node tools/guardduty-contract.mjs node_modules/@aws-sdk/client-guardduty botocore/data/guardduty/2017-11-28 \
//     > tocsin-server/src/main/resources/dev/tocsin/server/api/contract/guardduty.json
//
// A type is string, boolean, integer, double, timestamp (epoch seconds), document, list<TYPE>, map<TYPE> or a shape.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [client, botocore] = process.argv.slice(2).map((argument) => resolve(argument));
const require = createRequire(import.meta.url);
const schemas = require(client);
const version = JSON.parse(readFileSync(join(client, 'package.json'))).version;

function model() {
  const packed = join(botocore, 'service-2.json.gz');
  const text = existsSync(packed) ? gunzipSync(readFileSync(packed)) : readFileSync(join(botocore, 'service-2.json'));
  return JSON.parse(text).shapes;
}
const modelShapes = model();
const folded = (name) => name.toLowerCase();
const modelByName = new Map(Object.entries(modelShapes).map(([name, shape]) => [folded(name), shape]));

// Which enumeration a member's declaration names: `Status?: DetectorStatus | undefined`.
const declarations = ['models_0', 'models_1', 'errors']
  .map((name) => join(client, 'dist-types/models', `${name}.d.ts`))
  .filter(existsSync)
  .map((path) => readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''))
  .join('\n');
const declared = new Map();
for (const [, name, body] of declarations.matchAll(/export interface (\w+)[^{]*\{([^}]*)\}/g)) {
  declared.set(name, new Map([...body.matchAll(/(\w+)\??: (\w+)(\[\])? \| undefined/g)].map((m) => [m[1], m[2]])));
}
const enumOf = (shape, member) => {
  const values = schemas[declared.get(shape)?.get(member)];
  return values && !Array.isArray(values) && typeof values === 'object' ? Object.values(values) : undefined;
};

// The kinds of smithy's runtime schemas: a number is a simple type, 64 and 128 make a list or a map of it.
const SIMPLE = { 0: 'string', 1: 'double', 2: 'boolean', 4: 'timestamp', 15: 'document' };
const shapes = {};

function typeOf(reference) {
  const schema = typeof reference === 'function' ? reference() : reference;
  if (schema === 'unit') return undefined;
  if (typeof schema === 'number') {
    if (schema >= 128) return `map<${typeOf(schema - 128)}>`;
    if (schema >= 64) return `list<${typeOf(schema - 64)}>`;
    if (!(schema in SIMPLE)) throw new Error(`simple type ${schema}`);
    return SIMPLE[schema];
  }
  const [kind, , name] = schema;
  switch (kind) {
    case 0:
      return typeOf(schema[4]);
    case 1:
      return `list<${typeOf(target(schema[4]))}>`;
    case 2:
      return `map<${typeOf(target(schema[5]))}>`;
    case 3:
    case 4:
      addShape(schema, kind === 4);
      return name;
    default:
      throw new Error(`kind ${kind} of ${name}`);
  }
}

/** An element is its type, or its type with traits; a shape is an array as well, but of a number and names. */
function target(element) {
  return Array.isArray(element) && element.length === 2 ? element[0] : element;
}

function addShape(schema, union) {
  const [, , name, , memberNames, memberTypes, required = 0] = schema;
  if (shapes[name]) return;
  const shape = (shapes[name] = { ...(union ? { union } : {}), members: [] });
  memberNames.forEach((memberName, index) => {
    const entry = memberTypes[index];
    const [reference, traits = {}] = Array.isArray(entry) && entry.length === 2 ? entry : [entry];
    const bits = typeof traits === 'number' ? traits : 0;
    const member = { name: memberName, wire: traits.jsonName ?? traits.httpQuery ?? memberName, type: typeOf(reference) };
    if (bits & 1) member.in = 'path';
    if (traits.httpQuery) member.in = 'query';
    if (index < required) member.required = true;
    shape.members.push(member);
    limit(name, member);
  });
}

/** Adds what the model says of the member's values. */
function limit(shapeName, member) {
  const values = enumOf(shapeName, member.name);
  if (values && member.type.startsWith('list<')) member.each = { enum: values };
  else if (values) member.enum = values;
  if (member.name === 'MaxResults') member.type = 'integer';
  const known = Object.entries(modelByName.get(folded(shapeName))?.members ?? {}).find(
    ([name, trait]) => folded(name) === folded(member.name) || trait.locationName === member.wire,
  );
  if (!known) return;
  const shape = modelShapes[known[1].shape];
  member.type = exact(member.type, shape);
  Object.assign(member, { ...bounds(shape), ...(values && !member.each ? { enum: values } : {}) });
  if (member.name === 'ResourceArn' && member.in === 'path') delete member.pattern; // it knows of detectors alone, and plans have tags too
  const inner = shape.type === 'list' ? bounds(modelShapes[shape.member.shape]) : {};
  if (Object.keys(inner).length > 0) member.each = { ...inner, ...member.each }; // the client is the newer of the two
}

function bounds({ min, max, pattern, enum: values }) {
  return Object.fromEntries(Object.entries({ min, max, pattern, enum: values }).filter(([, value]) => value !== undefined));
}

/** The schemas know one kind of number; the model tells whole ones. */
function exact(type, shape) {
  if (shape.type === 'integer' || shape.type === 'long') return type.replace('double', 'integer');
  if (shape.type === 'list') return `list<${exact(type.slice(5, -1), modelShapes[shape.member.shape])}>`;
  if (shape.type === 'map') return `map<${exact(type.slice(4, -1), modelShapes[shape.value.shape])}>`;
  return type;
}

const operations = {};
const errors = {};
for (const [key, schema] of Object.entries(schemas)) {
  if (!key.endsWith('$') || !Array.isArray(schema)) continue;
  if (schema[0] === 9) {
    const [, , name, { http }, input, output] = schema;
    operations[name] = { method: http[0], uri: http[1], status: http[2], input: typeOf(input), output: typeOf(output) };
  } else if (schema[0] === -3 && schema[3].httpError) {
    errors[schema[2]] = schema[3].httpError;
  }
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
const section = (name, object) =>
  `"${name}": {\n${Object.entries(sorted(object)).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n')}\n}`;
process.stdout.write(
  `{\n"source": "@aws-sdk/client-guardduty ${version}",\n${section('errors', errors)},\n${section('operations', operations)},\n${section('shapes', shapes)}\n}\n`,
);
