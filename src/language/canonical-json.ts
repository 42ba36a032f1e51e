/**
 * JSON text that is the same for equal values: keys sorted by code unit, no spaces, absent (`undefined`) members left out.
 * For values of our own making: it throws on cycles.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(isSorted(value) ? value : sorted(value));
}

/** Most of what we write is in order already: finding that out takes half as long as making it anew. */
function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  if ('toJSON' in value) return true;
  const object = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(object);
  return keys.every((key, at) => (at === 0 || (keys[at - 1] ?? '') < key) && isSorted(object[key]));
}

/** The value with all keys in order; what is in order already is not copied. One native call then writes it, which a replacer would prevent. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return sortedArray(value);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  const object = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(object);
  const ordered = keys.every((key, at) => at === 0 || (keys[at - 1] ?? '') < key) ? keys : keys.toSorted();
  const members = ordered.map((key) => sorted(object[key]));
  if (ordered === keys && keys.every((key, at) => object[key] === members[at])) return object;
  // Without a prototype, so that a key `__proto__` is a key like any other.
  const copy = Object.create(null) as Record<string, unknown>;
  ordered.forEach((key, at) => (copy[key] = members[at]));
  return copy;
}

function sortedArray(values: readonly unknown[]): readonly unknown[] {
  const copies = values.map(sorted);
  return copies.every((copy, at) => copy === values[at]) ? values : copies;
}
