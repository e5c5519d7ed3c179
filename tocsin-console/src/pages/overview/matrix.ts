import type { Group, TypeInfo } from '../../api/findings';

export interface Technique {
  id: string;
  name: string;
  total: number;
  types: string[];
}

export interface Tactic {
  name: string;
  total: number;
  types: string[];
  techniques: Technique[];
}

/** MITRE ATT&CK's tactics of the cloud in its order, and command and control, which hosts are seen to do. */
const ORDER = [
  'Resource Development',
  'Initial Access',
  'Execution',
  'Persistence',
  'Privilege Escalation',
  'Defense Evasion',
  'Credential Access',
  'Discovery',
  'Lateral Movement',
  'Command and Control',
  'Exfiltration',
  'Impact',
  'Several tactics',
];

/** Counts of types put under tactics and techniques. Tactics without a finding are there, so that what is empty is seen. */
export function matrix(byType: readonly Group[], types: readonly TypeInfo[]): Tactic[] {
  const known = new Map(types.map((info) => [info.type, info]));
  const all = new Map(ORDER.map((name) => [name, tactic(name)]));
  for (const group of byType) {
    const type = group.type ?? '';
    const info = known.get(type);
    const name = info?.tactic ?? 'Other';
    const column = all.get(name) ?? tactic(name);
    all.set(name, column);
    column.total += group.total;
    column.types.push(type);
    const id = info?.technique ?? '';
    const row =
      column.techniques.find((one) => one.id === id) ?? addTo(column, id, info?.techniqueName ?? 'no technique');
    row.total += group.total;
    row.types.push(type);
  }
  for (const column of all.values()) {
    column.techniques.sort((one, other) => other.total - one.total);
  }
  return [...all.values()];
}

function tactic(name: string): Tactic {
  return { name, total: 0, types: [], techniques: [] };
}

function addTo(column: Tactic, id: string, name: string): Technique {
  const row = { id, name: name.replace(`${id} - `, ''), total: 0, types: [] };
  column.techniques.push(row);
  return row;
}

export interface Country {
  name: string;
  calls: number;
  connections: number;
}

/** Countries of remote parties, the most first, over all accounts. */
export function countries(ofCalls: readonly Group[], ofConnections: readonly Group[]): Country[] {
  const all = new Map<string, Country>();
  const add = (groups: readonly Group[], member: 'calls' | 'connections') => {
    for (const group of groups) {
      const name = group.value ?? '';
      const country = all.get(name) ?? { name, calls: 0, connections: 0 };
      country[member] += group.total;
      all.set(name, country);
    }
  };
  add(ofCalls, 'calls');
  add(ofConnections, 'connections');
  return [...all.values()].sort((one, other) => other.calls + other.connections - one.calls - one.connections);
}
