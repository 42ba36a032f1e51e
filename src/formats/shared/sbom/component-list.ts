import { quoted } from '#model/problem.ts';
import type { SbomComponent } from '#model/sbom.ts';
import type { Identity } from './named-by-purl.ts';

/** A component while its document is read: what relations say of it is added to it. */
export type GrowingComponent = { -readonly [K in keyof SbomComponent]: SbomComponent[K] };

/** The components of a document in its order, and what its refs mean. */
export type ComponentList = {
  readonly components: GrowingComponent[];
  /**
   * Adds a component under its ref as written, or one made up from its place where there is none or it is taken; gives its index. A ref of the subject comes
   * to mean the component that has it as well: the subject, listed once more.
   */
  add(component: GrowingComponent, ref: string | null): number;
  /** Gives a ref a meaning: an index, -1 for the subject, null for what is no component. False when it has one already. */
  name(ref: string, index: number | null): boolean;
  /** What a ref means: an index, -1 for the subject, null for what is known and no component; undefined when nothing has it. */
  meaning(ref: string): number | null | undefined;
};

/** An empty list. */
export function componentList(): ComponentList {
  const components: GrowingComponent[] = [];
  const meanings = new Map<string, number | null>();
  return {
    components,
    add(component, ref) {
      const index = components.length;
      const isNew = ref !== null && ref !== '' && !meanings.has(ref);
      component.ref = isNew ? ref : madeUp(index, meanings);
      components.push(component);
      if (ref !== null && (isNew || meanings.get(ref) === -1)) meanings.set(ref, index);
      return index;
    },
    name(ref, index) {
      if (meanings.has(ref)) return false;
      meanings.set(ref, index);
      return true;
    },
    meaning: (ref) => meanings.get(ref),
  };
}

/** A component of which no more is said than what names it. Made in one piece, since there may be hundreds of thousands. */
export function namedComponent({ ecosystem, name, version, purl, source }: Identity): GrowingComponent {
  return {
    ref: '',
    type: null,
    ecosystem,
    name,
    version,
    range: null,
    purl,
    cpes: none,
    scope: 'runtime',
    supplier: null,
    authors: none,
    copyright: null,
    description: null,
    licences: noLicences,
    hashes: none,
    links: none,
    parent: null,
    ...(source === undefined ? {} : { source }),
  };
}

const none: readonly never[] = [];
/** What a component without licences has. */
export const noLicences: SbomComponent['licences'] = { declared: none, concluded: none };

/** The ref that a component without one goes by: its number in the document, from 1. */
function madeUp(index: number, taken: ReadonlyMap<string, unknown>): string {
  const plain = `component ${String(index + 1)}`;
  return taken.has(plain) ? `${plain} of ${quoted(plain)}` : plain;
}
