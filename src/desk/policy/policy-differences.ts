/** One place where two policies differ; `undefined` where one says nothing. */
export type PolicyDifference = { readonly place: string; readonly before: unknown; readonly after: unknown };

/** Where two policies differ, place by place, in order. */
export function policyDifferences(before: object, after: object): readonly PolicyDifference[] {
  return differences('', before, after);
}

function differences(place: string, before: unknown, after: unknown): readonly PolicyDifference[] {
  if (isPlain(before) && isPlain(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(place === '' ? key : `${place}.${key}`, before[key], after[key]));
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ place, before, after }];
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
