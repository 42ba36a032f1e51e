import { readJsonText } from '../readers/json.ts';
import { attributeNamed, refused, type Attribute, type ResourceSchema, type ScimRead } from './attributes.ts';

/** A filter over resources (https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2). Paths are in small letters: `name.familyname`. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'present'; readonly path: string }
  | { readonly kind: 'compare'; readonly path: string; readonly how: Comparison; readonly to: Compared; readonly isExact: boolean }
  /** One and the same value of a list meets all of it. */
  | { readonly kind: 'element'; readonly path: string; readonly of: Filter };

export type Comparison = (typeof comparisons)[number];
export type Compared = string | number | boolean | null;

/** The values at a path of one thing; none where it has none. */
export type Values = (path: string) => readonly unknown[];

const comparisons = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
const longest = 4000;
const mostTerms = 100;
const deepest = 20;
const token = /\s*(?:("(?:[^"\\]|\\.)*")|([()[\]])|([^\s()[\]"]+))/gy;

/** Reads a filter over what the schema knows. Refuses what is longer than 4,000 characters, deeper than 20 levels or of more than 100 terms. */
export function parseFilter(schema: ResourceSchema, text: string): ScimRead<Filter> {
  return filterOver([...schema.attributes, ...(schema.extension?.attributes ?? [])], text, schema.extension?.urn ?? schema.urn, schema.urn);
}

/** Reads the filter between the brackets of `emails[type eq "work"]`, over the parts of one value. */
export function parseElementFilter(attribute: Attribute, text: string): ScimRead<Filter> {
  return filterOver(attribute.sub ?? [], text);
}

/** Whether something meets a filter. */
export function meets(filter: Filter, values: Values): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.of.every((each) => meets(each, values));
    case 'or':
      return filter.of.some((each) => meets(each, values));
    case 'not':
      return !meets(filter.of, values);
    case 'present':
      return values(filter.path).some((each) => each !== null && each !== undefined && each !== '');
    case 'element':
      return values(filter.path).some((each) => meets(filter.of, partsOf(each)));
    case 'compare': {
      const held = values(filter.path);
      if (filter.how === 'ne') return !held.some((each) => compares(each, { ...filter, how: 'eq' }));
      return held.length === 0 ? filter.how === 'eq' && filter.to === null : held.some((each) => compares(each, filter));
    }
    default:
      return filter satisfies never;
  }
}

/** The parts of one value of a list, by name. */
export function partsOf(value: unknown): Values {
  return (path) => {
    if (typeof value !== 'object' || value === null) return path === 'value' ? [value] : [];
    return Object.entries(value).flatMap(([key, held]): readonly unknown[] => (key.toLowerCase() === path ? [held] : []));
  };
}

/** The value that an element must have to meet the filter, by name, where it says so by `eq` alone. */
export function wantedParts(filter: Filter): Readonly<Record<string, Compared>> {
  if (filter.kind === 'compare' && filter.how === 'eq') return { [filter.path]: filter.to };
  return filter.kind === 'and' ? Object.fromEntries(filter.of.flatMap((each) => Object.entries(wantedParts(each)))) : {};
}

function compares(held: unknown, { path, how, to, isExact }: Extract<Filter, { kind: 'compare' }>): boolean {
  if (typeof held === 'boolean') return how === 'eq' && (typeof to === 'string' ? to.toLowerCase() : String(to)) === String(held);
  if (typeof held !== 'string' || typeof to !== 'string') return how === 'eq' && (held ?? null) === to;
  if (isTime(path)) return orders(Date.parse(held), Date.parse(to), how);
  const [one, other] = isExact ? [held, to] : [held.toLowerCase(), to.toLowerCase()];
  if (how === 'co') return one.includes(other);
  if (how === 'sw') return one.startsWith(other);
  return how === 'ew' ? one.endsWith(other) : orders(one, other, how);
}

function orders<T extends string | number>(one: T, other: T, how: Comparison): boolean {
  if (how === 'eq') return one === other;
  if (how === 'gt') return one > other;
  if (how === 'ge') return one >= other;
  if (how === 'lt') return one < other;
  return how === 'le' && one <= other;
}

function isTime(path: string): boolean {
  return path === 'meta.created' || path === 'meta.lastmodified';
}

class Unreadable extends Error {}

function filterOver(attributes: readonly Attribute[], text: string, ...urns: readonly string[]): ScimRead<Filter> {
  if (text.length > longest) return refused('invalidFilter', `A filter has at most ${String(longest)} characters.`);
  const tokens = tokensOf(text);
  if (tokens === null) return refused('invalidFilter', 'The filter holds what is neither word, text nor bracket.');
  try {
    return { ok: true, value: filterIn(tokens, attributes, urns) };
  } catch (error) {
    if (error instanceof Unreadable) return refused('invalidFilter', error.message);
    throw error;
  }
}

function tokensOf(text: string): readonly string[] | null {
  const found: string[] = [];
  let end = 0;
  for (const match of text.trimEnd().matchAll(token)) {
    found.push(match[1] ?? match[2] ?? match[3] ?? '');
    end = match.index + match[0].length;
  }
  return end === text.trimEnd().length ? found : null;
}

function filterIn(tokens: readonly string[], top: readonly Attribute[], urns: readonly string[]): Filter {
  let at = 0;
  let terms = 0;
  const word = (): string => (tokens[at] ?? '').toLowerCase();
  const take = (wanted: string): void => {
    if (tokens[at] !== wanted) throw new Unreadable(`The filter lacks a ${wanted}.`);
    at += 1;
  };
  const joined = (kind: 'and' | 'or', next: () => Filter): Filter => {
    const first = next();
    const of = [first];
    while (word() === kind) {
      at += 1;
      of.push(next());
    }
    return of.length === 1 ? first : { kind, of };
  };
  const filter = (attributes: readonly Attribute[], depth: number): Filter => {
    if (depth > deepest) throw new Unreadable(`A filter is at most ${String(deepest)} levels deep.`);
    return joined('or', () => joined('and', () => term(attributes, depth)));
  };
  const term = (attributes: readonly Attribute[], depth: number): Filter => {
    terms += 1;
    if (terms > mostTerms) throw new Unreadable(`A filter has at most ${String(mostTerms)} terms.`);
    const isNot = word() === 'not' && tokens[at + 1] === '(';
    if (isNot) at += 1;
    if (tokens[at] === '(') {
      at += 1;
      const inner = filter(attributes, depth + 1);
      take(')');
      return isNot ? { kind: 'not', of: inner } : inner;
    }
    return comparison(attributes, depth);
  };
  const comparison = (attributes: readonly Attribute[], depth: number): Filter => {
    const { path, attribute } = named(attributes, tokens[at] ?? '', urns);
    at += 1;
    if (tokens[at] === '[') {
      at += 1;
      const inner = filter(attribute.sub ?? [], depth + 1);
      take(']');
      const part = tokens[at]?.startsWith('.') === true ? (tokens[at] ?? '').slice(1) : null;
      if (part === null) return { kind: 'element', path, of: inner };
      const sub = named(attribute.sub ?? [], part, []);
      at += 1;
      return { kind: 'element', path, of: { kind: 'and', of: [inner, compared(sub.path, sub.attribute)] } };
    }
    return compared(path, attribute);
  };
  const compared = (path: string, attribute: Attribute): Filter => {
    const how = word();
    at += 1;
    if (how === 'pr') return { kind: 'present', path };
    const known = comparisons.find((each) => each === how);
    if (known === undefined) throw new Unreadable(`After ${path} the filter lacks one of ${comparisons.join(', ')} or pr.`);
    const to = comparedTo(tokens[at] ?? '');
    at += 1;
    // A list is compared by the values in it.
    const whole = attribute.sub !== undefined && !path.includes('.') ? `${path}.value` : path;
    return { kind: 'compare', path: whole, how: known, to, isExact: attribute.caseExact === true };
  };
  const read = filter(top, 0);
  if (at !== tokens.length) throw new Unreadable('The filter goes on where it should end.');
  return read;
}

function named(attributes: readonly Attribute[], text: string, urns: readonly string[]): { readonly path: string; readonly attribute: Attribute } {
  const urn = urns.find((each) => text.toLowerCase().startsWith(`${each.toLowerCase()}:`));
  const [first = '', second, ...more] = (urn === undefined ? text : text.slice(urn.length + 1)).split('.');
  const attribute = attributeNamed(attributes, first);
  const sub = attribute === null || second === undefined ? null : attributeNamed(attribute.sub ?? [], second);
  const found = second === undefined ? attribute : sub;
  if (found === null || more.length > 0) throw new Unreadable('The filter asks for an attribute that is not kept here.');
  return { path: (second === undefined ? first : `${first}.${second}`).toLowerCase(), attribute: found };
}

function comparedTo(text: string): Compared {
  const small = text.toLowerCase();
  if (small === 'true' || small === 'false') return small === 'true';
  if (small === 'null') return null;
  const read = readJsonText(text);
  if (read.ok && (typeof read.value === 'string' || typeof read.value === 'number')) return read.value;
  throw new Unreadable('The filter compares with what is neither text, number, true, false nor null.');
}
