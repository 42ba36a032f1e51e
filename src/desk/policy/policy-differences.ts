/** One place where two policies differ; `undefined` where one says nothing. */
export type PolicyDifference = { readonly place: string; readonly before: unknown; readonly after: unknown };

/** Where two policies differ, place by place, in order. Lists of things with ids are compared thing by thing, and by their order. */
export function policyDifferences(before: object, after: object): readonly PolicyDifference[] {
  return differences('', before, after);
}

function differences(place: string, before: unknown, after: unknown): readonly PolicyDifference[] {
  if (isPlain(before) && isPlain(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(place === '' ? key : `${place}.${key}`, before[key], after[key]));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [here, there] = [byId(before), byId(after)];
  if (here === null || there === null) return [{ place, before, after }];
  const ids = [...new Set([...here.keys(), ...there.keys()])];
  const within = ids.flatMap((id) => differences(`${place}.${id}`, here.get(id), there.get(id)));
  const [orderHere, orderThere] = [orderOf(here, there), orderOf(there, here)];
  const isMoved = JSON.stringify(orderHere) !== JSON.stringify(orderThere);
  return isMoved ? [...within, { place: `${place} (order)`, before: orderHere, after: orderThere }] : within;
}

/** A list of things that bear ids, by id; null for any other list, and where an id is given twice. */
function byId(value: unknown): ReadonlyMap<string, unknown> | null {
  if (!Array.isArray(value)) return null;
  const found = new Map<string, unknown>();
  for (const each of value as readonly unknown[]) {
    if (!isPlain(each) || typeof each['id'] !== 'string' || found.has(each['id'])) return null;
    found.set(each['id'], each);
  }
  return found;
}

function orderOf(list: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] {
  return [...list.keys()].filter((id) => other.has(id));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
