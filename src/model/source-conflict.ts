/** What two sources may disagree about. */
export const conflictKinds = ['hash', 'version', 'missing', 'licence', 'scope'] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** How much a conflict weighs: `serious` is other bytes under the same name, `expected` what the kinds of the sources explain. */
export const conflictWeights = ['serious', 'doubtful', 'expected'] as const;
export type ConflictWeight = (typeof conflictWeights)[number];

/** One package about which sources of a component disagree. */
export type SourceConflict = {
  readonly kind: ConflictKind;
  readonly weight: ConflictWeight;
  readonly identity: string;
  readonly name: string;
  /** What each source says, in the order of the sources. Null: the source does not have it. */
  readonly sides: readonly { readonly kind: string; readonly path: string; readonly says: string | null }[];
  /** Why, in one sentence. */
  readonly because: string;
};
