// Writes src/api/contract.ts: types of requests and answers of those operations that the console calls by
// `guardduty('Name', …)`, from the table that the server routes and checks by. With --check it only says whether the file
// is as it would be written.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const ROOT = join(import.meta.dirname, '..');
const TABLE = join(ROOT, '../tocsin-server/src/main/resources/dev/tocsin/server/api/contract/guardduty.json');
const WRITTEN = join(ROOT, 'src/api/contract.ts');

/** Shapes that the console names although no operation that it calls does. */
const NAMED = ['Condition'];

const table = JSON.parse(readFileSync(TABLE, 'utf8'));

function called() {
  const names = new Set();
  for (const file of readdirSync(join(ROOT, 'src'), { recursive: true })) {
    if (/\.tsx?$/.test(file)) {
      const text = readFileSync(join(ROOT, 'src', file), 'utf8');
      for (const [, name] of text.matchAll(/\bguardduty\(\s*'(\w+)'/g)) {
        names.add(name);
      }
    }
  }
  return [...names].sort();
}

const wanted = [];
const seen = new Set();
function want(name) {
  if (!seen.has(name)) {
    seen.add(name);
    wanted.push(name);
  }
}

function typed(type, member) {
  const inner = /^(list|map)<(.*)>$/.exec(type);
  if (inner !== null) {
    const each = typed(inner[2], member.each ?? {});
    return inner[1] === 'list' ? `(${each})[]` : `Record<string, ${each}>`;
  }
  if (member.enum !== undefined) {
    return member.enum.map((value) => `'${value}'`).join(' | ');
  }
  switch (type) {
    case 'string':
    case 'boolean':
      return type;
    case 'integer':
    case 'double':
    case 'timestamp':
      return 'number';
    case 'document':
      return 'unknown';
    default:
      want(type);
      return type;
  }
}

function shape(name) {
  const members = (table.shapes[name]?.members ?? []).map((member) =>
    member.required === true
      ? `${member.wire}: ${typed(member.type, member)};`
      : `${member.wire}?: ${typed(member.type, member)} | undefined;`,
  );
  return members.length === 0
    ? `export type ${name} = Record<string, never>;`
    : `export interface ${name} { ${members.join('\n')} }`;
}

const operations = called();
const unknown = operations.filter((name) => table.operations[name] === undefined);
if (unknown.length > 0) {
  console.error(`ERROR: the table has no operation ${unknown.join(', ')}`);
  process.exit(1);
}
NAMED.forEach(want);
const rows = operations.map((name) => {
  const operation = table.operations[name];
  want(operation.input);
  want(operation.output);
  const query = table.shapes[operation.input].members.filter((one) => one.in === 'query').map((one) => one.wire);
  return `${name}: { method: '${operation.method}', uri: '${operation.uri}', query: ${JSON.stringify(query)} },`;
});
const types = operations.map((name) => {
  const { input, output } = table.operations[name];
  return `${name}: { input: ${input}; output: ${output} };`;
});
const shapes = [];
for (let i = 0; i < wanted.length; i++) {
  shapes.push(shape(wanted[i]));
}
const text = `// Written by build/types.mjs from ${table.source}, as the server's table has it; not by hand.

/** Requests and answers of the operations that the console calls, by wire names; times are epoch seconds. */
export interface Operations { ${types.join('\n')} }

/** Where the members of requests go: those that the address names, those behind its question mark, the rest in the body. */
export const OPERATIONS: Record<keyof Operations, { method: string; uri: string; query: string[] }> = { ${rows.join('\n')} };

${shapes.join('\n\n')}
`;
const pretty = await format(text, { ...(await resolveConfig(WRITTEN)), parser: 'typescript' });
let there = '';
try {
  there = readFileSync(WRITTEN, 'utf8');
} catch {
  // then it is written
}
if (there !== pretty) {
  if (process.argv.includes('--check')) {
    console.error("ERROR: src/api/contract.ts is not as the table has it: 'npm run types' in tocsin-console writes it");
    process.exit(1);
  }
  writeFileSync(WRITTEN, pretty);
}
