import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import type { Condition, Criterion } from '../api/findings';
import { ATTRIBUTES } from './findings/attributes';

const BY_KEY = new Map(ATTRIBUTES.map((attribute) => [attribute.key, attribute]));

export const PROPERTIES: PropertyFilterProps.FilteringProperty[] = ATTRIBUTES.map((attribute) => ({
  key: attribute.key,
  propertyLabel: attribute.label,
  groupValuesLabel: `${attribute.label} values`,
  operators: attribute.number === true ? ['=', '!=', '>=', '<=', '>', '<'] : ['=', '!='],
}));

/** Numbers of the words of severity, as the lower bound. */
const SEVERITIES: Record<string, number> = { low: 1, medium: 4, high: 7, critical: 9 };

function number(value: string): number {
  return SEVERITIES[value.toLowerCase()] ?? Number(value);
}

/** The criterion of the API that `wanted` means, all of which must hold. */
export function criterion(wanted: readonly PropertyFilterProps.Token[]): Criterion {
  const all: Record<string, Condition> = {};
  for (const token of wanted) {
    const key = token.propertyKey;
    if (key === undefined) {
      continue;
    }
    const value = String(token.value);
    const condition = (all[key] ??= {});
    const asNumber = BY_KEY.get(key)?.number === true;
    switch (token.operator) {
      case '=':
        (condition.equals ??= []).push(asNumber ? String(number(value)) : value);
        break;
      case '!=':
        (condition.notEquals ??= []).push(asNumber ? String(number(value)) : value);
        break;
      case '>=':
        condition.greaterThanOrEqual = number(value);
        break;
      case '<=':
        condition.lessThanOrEqual = number(value);
        break;
      case '>':
        condition.greaterThan = number(value);
        break;
      case '<':
        condition.lessThan = number(value);
        break;
      default:
        break;
    }
  }
  return all;
}

/** Operators of conditions, by the names that requests have for them. */
const OPERATORS: readonly (readonly [keyof Condition, string])[] = [
  ['equals', '='],
  ['eq', '='],
  ['notEquals', '!='],
  ['neq', '!='],
  ['greaterThanOrEqual', '>='],
  ['gte', '>='],
  ['lessThanOrEqual', '<='],
  ['lte', '<='],
  ['greaterThan', '>'],
  ['gt', '>'],
  ['lessThan', '<'],
  ['lt', '<'],
];

/** The tokens that mean `conditions`: what {@link criterion} takes. */
export function tokens(conditions: Criterion): PropertyFilterProps.Token[] {
  return Object.entries(conditions).flatMap(([propertyKey, condition]) =>
    OPERATORS.flatMap(([name, operator]) => {
      const values = condition[name];
      return (Array.isArray(values) ? values : values === undefined ? [] : [values]).map((value) => ({
        propertyKey,
        operator,
        value: String(value),
      }));
    }),
  );
}

/** Tokens as the address bar has them: `severity>=7`, one parameter each. */
export function written(all: readonly PropertyFilterProps.Token[]): string[] {
  return all.flatMap((token) =>
    token.propertyKey === undefined ? [] : [`${token.propertyKey}${token.operator}${String(token.value)}`],
  );
}

/** What {@link written} wrote; what cannot be read is left out. */
export function read(texts: readonly string[]): PropertyFilterProps.Token[] {
  return texts.flatMap((one) => {
    const found = /^([A-Za-z0-9.]+)(!=|>=|<=|=|>|<)(.*)$/s.exec(one);
    return found === null || found[1] === undefined || found[2] === undefined || found[3] === undefined
      ? []
      : [{ propertyKey: found[1], operator: found[2], value: found[3] }];
  });
}
