import type { ComponentChange, EdgeChange, FieldChange, SbomDiff } from '#model/sbom-diff.ts';
import type { SbomComponent, SbomDocument } from '#model/sbom.ts';
import { packageIdentity } from './identity.ts';

/**
 * Compares two SBOMs of any standard. Components are the same by purl without version, else by type and name. Of several of one identity those of the same
 * version are paired first, the others in the order of the documents; what is left over was added or removed.
 */
export function sbomDiff(before: SbomDocument, after: SbomDocument): SbomDiff {
  const [was, is] = [Map.groupBy(before.components, packageIdentity), Map.groupBy(after.components, packageIdentity)];
  const components: ComponentChange[] = [];
  let same = 0;
  for (const identity of new Set([...was.keys(), ...is.keys()])) {
    for (const [old, now] of paired(was.get(identity) ?? [], is.get(identity) ?? [])) {
      const change = changeOf(identity, old, now);
      if (change === null) same += 1;
      else components.push(change);
    }
  }
  return { document: documentChanges(before, after), components: components.sort(byName), edges: edgeChanges(before, after), same };
}

function byName(a: ComponentChange, b: ComponentChange): number {
  return compared(a.name, b.name) || compared(a.identity, b.identity) || compared(textOf(a), textOf(b));
}

function textOf({ version }: ComponentChange): string {
  return `${version.before ?? ''} ${version.after ?? ''}`;
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

type Pair = readonly [old: SbomComponent | null, now: SbomComponent | null];

function paired(old: readonly SbomComponent[], now: readonly SbomComponent[]): readonly Pair[] {
  const pairs: Pair[] = [];
  const waiting = Map.groupBy(now, ({ version }) => version ?? '');
  const left: SbomComponent[] = [];
  for (const each of old) {
    const match = waiting.get(each.version ?? '')?.shift();
    if (match === undefined) left.push(each);
    else pairs.push([each, match]);
  }
  const unmatched = new Set([...waiting.values()].flat());
  const rest = now.filter((each) => unmatched.has(each));
  for (let at = 0; at < Math.max(left.length, rest.length); at += 1) pairs.push([left[at] ?? null, rest[at] ?? null]);
  return pairs;
}

function changeOf(identity: string, old: SbomComponent | null, now: SbomComponent | null): ComponentChange | null {
  const base = {
    identity,
    name: (now ?? old)?.name ?? identity,
    ref: { before: old?.ref ?? null, after: now?.ref ?? null },
    version: { before: old?.version ?? null, after: now?.version ?? null },
  };
  if (old === null || now === null) return { kind: old === null ? 'added' : 'removed', ...base, fields: [] };
  const fields = differing(fieldsOf(old), fieldsOf(now));
  return fields.length === 0 ? null : { kind: 'changed', ...base, fields };
}

type Fields = readonly (readonly [field: string, value: string | null])[];

/** What is compared of a component, in the order in which it is shown. Descriptions and links say the same in too many ways. */
function fieldsOf(component: SbomComponent): Fields {
  const { version, range, type, purl, scope, supplier, authors, copyright, licences, hashes, cpes } = component;
  return [
    ['version', version],
    ['range', range],
    ['declared licence', listed(licences.declared)],
    ['concluded licence', listed(licences.concluded)],
    ['hash', listed(hashes.map(({ algorithm, value }) => `${algorithm}:${value}`))],
    ['supplier', supplier],
    ['authors', listed(authors)],
    ['scope', scope],
    ['type', type],
    ['qualifiers and version of the purl', purl],
    ['CPE', listed(cpes)],
    ['copyright', copyright],
  ];
}

/** In order, since lists say the same in any. Null when there is nothing in it. */
function listed(values: readonly string[]): string | null {
  return values.length === 0 ? null : [...new Set(values)].sort().join(', ');
}

function differing(before: Fields, after: Fields): readonly FieldChange[] {
  const changes = before.flatMap(([field, old], at): readonly FieldChange[] => {
    const now = after[at]?.[1] ?? null;
    return old === now ? [] : [{ field, before: old, after: now }];
  });
  // A purl that says another version says nothing that the version does not.
  return changes.some(({ field }) => field === 'version') ? changes.filter(({ field }) => !field.startsWith('qualifiers')) : changes;
}

function documentChanges(before: SbomDocument, after: SbomDocument): readonly FieldChange[] {
  const fields = (document: SbomDocument): Fields => [
    ['standard', document.standard],
    ['version of the standard', document.specVersion],
    ['serial', document.serial],
    ['revision', document.revision === null ? null : String(document.revision)],
    ['name', document.name],
    ['created', document.createdAt],
    ['authors', listed(document.authors)],
    ['tools', listed(document.tools)],
    ['life cycle', listed(document.lifecycles)],
    ['of', document.subject === null ? null : document.subject.name],
    ['version of that', document.subject?.version ?? null],
    ['completeness', document.completeness],
    ['signed', document.signed ? 'yes' : 'no'],
    ['VEX statements', String(document.statements.length)],
  ];
  return differing(fields(before), fields(after));
}

function edgeChanges(before: SbomDocument, after: SbomDocument): readonly EdgeChange[] {
  const [was, is] = [edgesOf(before), edgesOf(after)];
  const only = (kind: EdgeChange['kind'], these: Edges, those: Edges): readonly EdgeChange[] =>
    [...these].filter(([key]) => !those.has(key)).map(([, [from, to]]) => ({ kind, from, to }));
  return [...only('added', is, was), ...only('removed', was, is)].sort((a, b) => compared(a.from, b.from) || compared(a.to, b.to));
}

type Edges = ReadonlyMap<string, readonly [from: string, to: string]>;

/** Edges between identities: a new version of either end is no new edge. */
function edgesOf({ components, dependencies }: SbomDocument): Edges {
  const end = (at: number): string => {
    const component = components[at];
    return component === undefined ? '(subject)' : packageIdentity(component);
  };
  return new Map(
    dependencies.map(([from, to]) => {
      const ends = [end(from), end(to)] as const;
      return [ends.join('\0'), ends];
    }),
  );
}
