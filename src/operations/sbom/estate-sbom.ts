import type { Desk } from '#desk/desk.ts';
import type { Estate } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { listedComponents } from '#estate/questions/listed.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { programVersion } from '#model/program.ts';
import type { Artifact } from '#model/licence.ts';
import type { SbomCompleteness, SbomComponent } from '#model/sbom.ts';
import type { Statement } from '#model/statement.ts';
import type { Visibility } from '#model/visibility.ts';
import type { SbomNote, SbomToWrite } from '#reports/sbom/sbom-writer.ts';
import { dayText } from '../ask-estate.ts';
import { componentFacts } from '../component-facts.ts';
import type { Context } from '../context.ts';
import { licenceJudge } from '../licences/licence-judge.ts';
import { vexFacts, type VexScope } from '../vex-facts.ts';
import { componentInventory, type ComponentInventory, type InventoryGiven } from './component-inventory.ts';

/** Of what an SBOM is asked. Of a component `artifact` names what it delivers, `sbom` the place of one SBOM of it; null for all. */
export type SbomScope =
  | { readonly kind: 'component'; readonly slot: number; readonly artifact: string | null; readonly sbom: string | null }
  | { readonly kind: 'system'; readonly system: string }
  | { readonly kind: 'team'; readonly team: string };

/** Who asks for what. */
export type SbomWanted = {
  readonly scope: SbomScope;
  /** Name of the office: the firm, who gives it out. */
  readonly office: string;
  readonly visibility: Visibility;
  /** Whose findings may be told of. */
  readonly findings: Visibility;
  /** Whether what was decided about vulnerabilities is in it, where a standard has a place for it. */
  readonly withVex: boolean;
  /** Unix milliseconds. */
  readonly now: number;
  /** The UTC day at whose end the estate stands; null is now. */
  readonly day: number | null;
};

/** From what it is made. */
export type SbomGiven = { readonly context: Pick<Context, 'store' | 'gateway'>; readonly estate: Estate; readonly desk: Desk };

/** The most package versions that one document holds: more is asked for component by component. */
export const mostInOneSbom = 250_000;

/** What the office knows as an SBOM; a sentence where what is named does not exist, or is too much for one. */
export async function estateSbom({ context, estate, desk }: SbomGiven, wanted: SbomWanted): Promise<SbomToWrite | { readonly missing: string }> {
  const given: InventoryGiven = { context, estate, judge: licenceJudge(estate, desk, wanted.now), day: wanted.day };
  const slots = slotsOf(estate, wanted);
  if (slots.length === 0) return { missing: nobody(wanted.scope) };
  const size = slots.reduce((sum, slot) => sum + evidencesOf(estate, slot).reduce((all, each) => all + (estate.evidence[each]?.count ?? 0), 0), 0);
  if (size > mostInOneSbom)
    return { missing: `It would list ${String(size)} package versions, and one SBOM holds ${String(mostInOneSbom)}: ask component by component.` };
  const { scope } = wanted;
  const statements = await statementsOf(context, estate, desk, slots, wanted);
  if (scope.kind !== 'component') return assembled(given, slots, wanted, statements);
  const part = partOfComponent(given, scope);
  if (typeof part === 'string') return { missing: part };
  const inventory = await componentInventory(given, part.inventory);
  const whole = part.artifact === null && part.inventory.sbom === null;
  return single(given, scope.slot, part.artifact, inventory, wanted, whole ? statements : statements.filter((each) => isAbout(each, inventory)));
}

function slotsOf(estate: Estate, { scope, visibility }: SbomWanted): readonly number[] {
  if (scope.kind === 'component') {
    const holder = estate.components[scope.slot];
    return holder === undefined || !isVisible(holder, visibility) ? [] : [scope.slot];
  }
  const isIn = (slot: number): boolean => {
    const holder = estate.components[slot];
    if (holder === undefined) return false;
    return scope.kind === 'team' ? holder.team === scope.team : componentFacts(holder).entity?.system === scope.system;
  };
  const refOf = (slot: number): string => estate.components[slot]?.ref ?? '';
  return listedComponents(estate, visibility)
    .filter(isIn)
    .sort((a, b) => (refOf(a) < refOf(b) ? -1 : 1));
}

function nobody(scope: SbomScope): string {
  if (scope.kind === 'component') return 'There is no such component.';
  return `There is no component of a ${scope.kind} of this name.`;
}

type Part = { readonly artifact: Artifact | null; readonly inventory: Parameters<typeof componentInventory>[1] };

/** What is meant of a component. An artifact that an SBOM was sent for, under its name as slot, is what that SBOM shows. */
function partOfComponent({ estate, judge }: InventoryGiven, { slot, artifact, sbom }: Extract<SbomScope, { kind: 'component' }>): Part | string {
  const places = evidencesOf(estate, slot).flatMap((each) => (estate.evidence[each]?.kind === 'sbom' ? [estate.evidence[each].path] : []));
  const placeOf = (name: string): string | undefined => places.find((each) => each === name || each === `upload:${name}`);
  const place = sbom === null ? null : placeOf(sbom);
  if (place === undefined) return `Nothing is read of an SBOM ${String(sbom)}. ${listed(places)}`;
  if (artifact === null) return { artifact: null, inventory: { component: slot, sbom: place, isShipped: false } };
  const declared = judge.artifactsIn(judge.contextOf(slot));
  const named = declared.find(({ name }) => name === artifact);
  if (named === undefined) return `The component declares no artifact ${artifact}. ${listed(declared.map(({ name }) => name))}`;
  return { artifact: named, inventory: { component: slot, sbom: place ?? placeOf(artifact) ?? null, isShipped: true } };
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'There is none.' : `There are ${names.join(', ')}.`;
}

async function statementsOf(
  { store }: Pick<Context, 'store'>,
  estate: Estate,
  desk: Desk,
  slots: readonly number[],
  { office, findings, now, withVex, day }: SbomWanted,
): Promise<readonly Statement[]> {
  // What was decided is known of now only.
  if (!withVex || day !== null) return [];
  const statements: Statement[] = [];
  for (const slot of slots) {
    const scope: VexScope = { kind: 'component', slot };
    statements.push(...((await vexFacts(store, estate, desk, { scope, office, visibility: findings, now }))?.statements ?? []));
  }
  return statements;
}

function isAbout({ packages }: Statement, { components }: ComponentInventory): boolean {
  return (
    packages.length === 0 || packages.some((purl) => components.some((each) => each.purl === purl || each.purl?.startsWith(`${purl}@`) === true))
  );
}

const nothingSaid: Omit<SbomComponent, 'ref' | 'type' | 'name'> = {
  ...{ ecosystem: null, version: null, range: null, purl: null, cpes: [], supplier: null, authors: [], copyright: null, description: null },
  ...{ scope: 'runtime', licences: { declared: [], concluded: [] }, hashes: [], links: [], parent: null },
};

/** What a component is by itself, with what one SBOM says of it where only that is looked at. */
function thing(estate: Estate, slot: number, office: string, described: SbomComponent | null): SbomComponent {
  const holder = estate.components[slot];
  const revision = holder?.origin.startsWith('upload:') === true ? null : (holder?.revision ?? null);
  return {
    ...nothingSaid,
    ref: holder?.ref ?? '',
    type: 'application',
    name: holder?.name ?? '',
    version: described?.version ?? revision,
    description: (holder === undefined ? null : componentFacts(holder).entity?.description) ?? described?.description ?? null,
    supplier: office,
    hashes: described?.hashes ?? [],
  };
}

function notesOfThing(estate: Estate, slot: number, { gaps }: ComponentInventory): readonly SbomNote[] {
  const holder = estate.components[slot];
  const system = holder === undefined ? null : (componentFacts(holder).entity?.system ?? null);
  return [
    { name: 'guildhall:ref', value: holder?.ref ?? '' },
    ...(holder?.team == null ? [] : [{ name: 'guildhall:owner', value: holder.team }]),
    ...(system === null ? [] : [{ name: 'guildhall:system', value: system }]),
    ...gaps.map((value) => ({ name: 'guildhall:incomplete', value })),
  ];
}

/** One component, or one thing it delivers, as the subject. */
function single(
  { estate }: InventoryGiven,
  slot: number,
  artifact: Artifact | null,
  inventory: ComponentInventory,
  wanted: SbomWanted,
  statements: readonly Statement[],
): SbomToWrite {
  const own = thing(estate, slot, wanted.office, inventory.subject);
  const outbound = artifact?.outbound ?? null;
  const subject: SbomComponent =
    artifact === null
      ? own
      : {
          ...own,
          ref: `${own.ref}#${artifact.name}`,
          name: artifact.name,
          licences: { declared: outbound === null ? [] : [outbound], concluded: [] },
        };
  const notes = [
    ...notesOfThing(estate, slot, inventory),
    ...(artifact === null || artifact.deliveries.length === 0 ? [] : [{ name: 'guildhall:delivered-as', value: artifact.deliveries.join(', ') }]),
    ...asOfNote(wanted),
  ];
  const { direct } = inventory;
  return {
    document: {
      ...head(wanted, subject.name, inventory.validAt, inventory.lifecycles),
      subject,
      components: distinct(inventory.components),
      dependencies: [...(direct ?? []).map((to) => [-1, to] as const), ...inventory.dependencies],
      stated: [...(direct === null ? [] : [-1]), ...inventory.stated],
      completeness: inventory.completeness,
      statements,
    },
    notesOf: (index) => (index === -1 ? notes : (inventory.notes[index] ?? [])),
    parts: new Map(),
  };
}

/** Several components, each with what it uses in it. */
async function assembled(
  given: InventoryGiven,
  slots: readonly number[],
  wanted: SbomWanted,
  statements: readonly Statement[],
): Promise<SbomToWrite> {
  const components: SbomComponent[] = [];
  const notes: (readonly SbomNote[])[] = [];
  const dependencies: (readonly [number, number])[] = [];
  const stated: number[] = [];
  const parts = new Map<number, SbomCompleteness>();
  const lifecycles = new Set<string>();
  let validAt: number | null = null;
  for (const slot of slots) {
    const inventory = await componentInventory(given, { component: slot, sbom: null, isShipped: false });
    const base = components.length;
    const own = thing(given.estate, slot, wanted.office, null);
    components.push(own);
    notes.push(notesOfThing(given.estate, slot, inventory));
    for (const each of distinct(inventory.components)) components.push({ ...each, ref: `${own.ref}|${each.ref}`, parent: base });
    for (const each of inventory.notes) notes.push(each);
    for (const to of inventory.direct ?? []) dependencies.push([base, base + 1 + to]);
    for (const [from, to] of inventory.dependencies) dependencies.push([base + 1 + from, base + 1 + to]);
    stated.push(...(inventory.direct === null ? [] : [base]), ...inventory.stated.map((index) => base + 1 + index));
    parts.set(base, inventory.completeness);
    for (const each of inventory.lifecycles) lifecycles.add(each);
    if (inventory.validAt !== null) validAt = Math.max(validAt ?? 0, inventory.validAt);
  }
  const { scope } = wanted;
  const name = scope.kind === 'team' ? scope.team : scope.kind === 'system' ? scope.system : '';
  const subject: SbomComponent = { ...nothingSaid, ref: `${scope.kind}:${name}`, type: 'application', name, supplier: wanted.office };
  const own = [{ name: scope.kind === 'team' ? 'guildhall:owner' : 'guildhall:system', value: name }, ...asOfNote(wanted)];
  return {
    document: {
      ...head(wanted, name, validAt, [...lifecycles].sort()),
      subject,
      components,
      // Which of them use each other is not known: that they are its parts is said by where they stand.
      dependencies,
      stated,
      completeness: worstOf([...parts.values()]),
      statements,
    },
    notesOf: (index) => (index === -1 ? own : (notes[index] ?? [])),
    parts,
  };
}

function worstOf(all: readonly SbomCompleteness[]): SbomCompleteness {
  return (['incomplete', 'unknown'] as const).find((each) => all.includes(each)) ?? 'complete';
}

function head(
  { office }: SbomWanted,
  name: string,
  validAt: number | null,
  lifecycles: readonly string[],
): Omit<SbomToWrite['document'], 'subject' | 'components' | 'dependencies' | 'stated' | 'completeness' | 'statements'> {
  return {
    standard: 'other',
    specVersion: null,
    serial: null,
    revision: null,
    name,
    createdAt: validAt === null ? null : new Date(validAt).toISOString(),
    authors: [office],
    tools: [`Guildhall ${programVersion}`],
    lifecycles,
    signed: false,
    problems: [],
  };
}

function asOfNote({ day }: SbomWanted): readonly SbomNote[] {
  return day === null ? [] : [{ name: 'guildhall:as-of', value: dayText(day) }];
}

/** Refs that stand in a document once: two packages may have the same purl where one file says more of it than another. */
function distinct(components: readonly SbomComponent[]): readonly SbomComponent[] {
  const seen = new Map<string, number>();
  return components.map((each) => {
    const count = (seen.get(each.ref) ?? 0) + 1;
    seen.set(each.ref, count);
    return count === 1 ? each : { ...each, ref: `${each.ref} (${String(count)})` };
  });
}
