import { printVers } from './vers.ts';
import type { Comparator, ParsedVersion, VersionRange, VersionScheme } from './version-scheme.ts';

/** One end of an interval. */
type Edge = { readonly version: ParsedVersion; readonly text: string; readonly included: boolean };
/** A null end is open. */
type Interval = { readonly low: Edge | null; readonly high: Edge | null };

/**
 * A native range as a canonical `vers:` specifier: its alternatives united, sorted and free of redundancy.
 * Pre-releases are in it by order alone, which is all `vers:` can say. Null when bounds cannot express the range.
 */
export function versOfRange(scheme: VersionScheme, range: VersionRange): string | null {
  const intervals: Interval[] = [];
  const excluded: { readonly text: string; readonly version: ParsedVersion }[] = [];
  for (const alternative of range.alternatives ?? [null]) {
    const parts = alternative === null ? null : partsOf(scheme, alternative);
    if (parts === null) return null;
    if (parts.interval !== null) intervals.push(parts.interval);
    excluded.push(...parts.excluded);
  }
  const united = unite(scheme, intervals);
  if (united.length === 0) return printVers({ type: 'none', constraints: [] });
  const constraints = united.flatMap((interval) => constraintsOf(scheme, interval));
  // An excluded version stays out only when no alternative lets it in again.
  const out = excluded.filter(({ text, version }) => !range.contains(text) && united.some((interval) => isWithin(scheme, version, interval)));
  const posts = [...constraints, ...out.map(({ text }): Comparator => ({ operator: '!=', version: text }))];
  return printVers({ type: scheme.id, constraints: posts.sort((a, b) => scheme.compare(a.version, b.version) ?? 0) });
}

function partsOf(scheme: VersionScheme, comparators: readonly Comparator[]) {
  let low: Edge | null = null;
  let high: Edge | null = null;
  const excluded: { text: string; version: ParsedVersion }[] = [];
  for (const { operator, version: text } of comparators) {
    const version = scheme.parse(text);
    if (version === null) return null;
    const edge: Edge = { version, text, included: operator.endsWith('=') };
    if (operator === '!=') {
      excluded.push({ text, version });
      continue;
    }
    if (operator !== '<' && operator !== '<=' && (low === null || isFurther(scheme, edge, low, 1))) low = edge;
    if (operator !== '>' && operator !== '>=' && (high === null || isFurther(scheme, edge, high, -1))) high = edge;
  }
  return { interval: isEmpty(scheme, low, high) ? null : { low, high }, excluded };
}

/** True when an edge cuts off more than another: higher for a low one (direction 1), lower for a high one (-1). */
function isFurther(scheme: VersionScheme, edge: Edge, than: Edge, direction: 1 | -1): boolean {
  const sign = scheme.order(edge.version, than.version);
  return sign === 0 ? !edge.included : sign === direction;
}

function isEmpty(scheme: VersionScheme, low: Edge | null, high: Edge | null): boolean {
  if (low === null || high === null) return false;
  const sign = scheme.order(low.version, high.version);
  return sign > 0 || (sign === 0 && !(low.included && high.included));
}

/** The intervals sorted, with those that overlap or touch made one. */
function unite(scheme: VersionScheme, intervals: readonly Interval[]): Interval[] {
  const united: Interval[] = [];
  for (const interval of [...intervals].sort((a, b) => orderLows(scheme, a.low, b.low))) {
    const last = united.pop();
    if (last === undefined) united.push(interval);
    else if (isApart(scheme, last.high, interval.low)) united.push(last, interval);
    else united.push({ low: last.low, high: higher(scheme, last.high, interval.high) });
  }
  return united;
}

function orderLows(scheme: VersionScheme, a: Edge | null, b: Edge | null): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return scheme.order(a.version, b.version) || Number(b.included) - Number(a.included);
}

function isApart(scheme: VersionScheme, high: Edge | null, low: Edge | null): boolean {
  if (high === null || low === null) return false;
  const sign = scheme.order(high.version, low.version);
  return sign < 0 || (sign === 0 && !high.included && !low.included);
}

function higher(scheme: VersionScheme, a: Edge | null, b: Edge | null): Edge | null {
  if (a === null || b === null) return null;
  const sign = scheme.order(a.version, b.version);
  return sign > 0 || (sign === 0 && a.included) ? a : b;
}

function constraintsOf(scheme: VersionScheme, { low, high }: Interval): Comparator[] {
  if (low !== null && high !== null && scheme.order(low.version, high.version) === 0) return [{ operator: '=', version: low.text }];
  const constraints: Comparator[] = [];
  if (low !== null) constraints.push({ operator: low.included ? '>=' : '>', version: low.text });
  if (high !== null) constraints.push({ operator: high.included ? '<=' : '<', version: high.text });
  return constraints;
}

function isWithin(scheme: VersionScheme, version: ParsedVersion, { low, high }: Interval): boolean {
  return (low === null || scheme.order(version, low.version) > 0) && (high === null || scheme.order(version, high.version) < 0);
}
