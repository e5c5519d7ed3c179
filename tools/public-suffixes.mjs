// Writes the public suffix rules that RegisteredDomain reads, from the npm package tldts (MIT), which carries the
// Public Suffix List (MPL-2.0) as a trie. Usage:
//
//   npm pack tldts@7.5.5 && tar xzf tldts-7.5.5.tgz
//   node tools/public-suffixes.mjs package/dist/cjs/src/data/trie.js \
//     > tocsin-core/src/main/resources/dev/tocsin/core/event/public-suffixes.txt
//
// One rule a line, in A-labels: NAME, *.NAME for every label below, !NAME for an exception to such a rule. A rule of
// the list's private section (a service that gives names to its users) has ~ before it.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { domainToASCII } from 'node:url';

const trie = createRequire(import.meta.url)(resolve(process.argv[2]));

const edgeOffset = [];
let offset = 0;
for (let edge = 0; edge < trie.edgeLength.length; edge++) {
  edgeOffset.push(offset);
  offset += trie.edgeLength[edge];
}

function walk(node, suffix, mark, rules) {
  for (let edge = trie.edgeStart[node]; edge < trie.edgeStart[node + 1]; edge++) {
    const label = trie.labelText.slice(edgeOffset[edge], edgeOffset[edge] + trie.edgeLength[edge]);
    const name = suffix === '' ? label : `${label}.${suffix}`;
    const child = trie.edgeChild[edge];
    if (trie.nodeFlags[child] !== 0) {
      const section = (trie.nodeFlags[child] & 1) === 0 ? '~' : '';
      rules.add(section + mark + (label === '*' ? `*.${domainToASCII(suffix)}` : domainToASCII(name)));
    }
    walk(child, name, mark, rules);
  }
  return rules;
}

const rules = walk(trie.exceptionsRoot, '', '!', walk(trie.rulesRoot, '', '', new Set()));
console.log('# Rules of the Public Suffix List, MPL-2.0; made by tools/public-suffixes.mjs, do not edit.');
for (const rule of [...rules].sort()) {
  console.log(rule);
}
