import {
  countsBefore,
  exceptionFor,
  isMeant,
  type ExceptedUse,
  type LicenceException,
  type LicenceExceptions,
  type UsePredicate,
} from './exceptions.ts';

/** A use that the council refused: it is denied, whatever the policy says. Times are Unix milliseconds. */
export type LicenceRefusal = {
  /** Id of the case. */
  readonly id: string;
  readonly predicate: UsePredicate;
  /** Null: until the council is asked again. */
  readonly until: number | null;
  readonly by: string;
  readonly at: number;
  /** Name of the case. */
  readonly council: string;
  /** Number of the vote that decided it. */
  readonly seq: number;
};

/** Refusals that were not asked again, by id of the case, oldest first. */
export type LicenceRefusals = Map<string, LicenceRefusal>;

/** What was decided of a use beside the policy. */
export type Ruling =
  | { readonly kind: 'permits'; readonly exception: LicenceException }
  /** `pass` lets the build go on all the same, and permits nothing. */
  | { readonly kind: 'denies'; readonly refusal: LicenceRefusal; readonly pass: LicenceException | null }
  /** It was refused for one way of delivery, and nobody said how it is delivered. */
  | { readonly kind: 'open'; readonly refusal: LicenceRefusal };

type Rulings = { readonly licenceExceptions: LicenceExceptions; readonly licenceRefusals: LicenceRefusals };

/**
 * What counts for a use. A refusal of the council stands above the policy, and above whatever counsel alone or a team permits: only the council overrules it, by a
 * decision that is more specific or, of two as specific, later. `isInRange` says whether the version lies in a range. Null when nothing was decided.
 */
export function rulingFor(
  { licenceExceptions, licenceRefusals }: Rulings,
  use: ExceptedUse,
  now: number,
  isInRange: (range: string) => boolean,
): Ruling | null {
  const exception = exceptionFor(licenceExceptions, use, now, isInRange);
  const refused = refusalsOf(licenceRefusals, use, now, isInRange);
  if (refused.length > 0) {
    const permit = exceptionFor(ofCouncil(licenceExceptions), use, now, isInRange);
    const standing = refused.filter(({ refusal }) => permit === null || countsBefore(refusal, permit));
    const denied = first(standing.filter(({ isSure }) => isSure));
    if (denied !== null) return { kind: 'denies', refusal: denied, pass: exception?.passesGate === true ? exception : null };
    const open = first(standing);
    if (open !== null) return { kind: 'open', refusal: open };
  }
  return exception === null ? null : { kind: 'permits', exception };
}

/** The refusals of what nobody is named in: those that hold for the whole firm, however the package is delivered or, with a `delivery`, delivered so. */
export function isRefusedEverywhere(refusal: LicenceRefusal, delivery: string | null, now: number): boolean {
  const { component, artifact, team, delivery: refused } = refusal.predicate;
  const isOfAll = component === undefined && artifact === undefined && team === undefined;
  return isStanding(refusal, now) && isOfAll && (refused === undefined || refused === delivery);
}

/** A refusal in words, the beginning of a sentence. */
export function refusalWords({ council, until }: LicenceRefusal): string {
  return `denied by the council, case ${council}, until ${until === null ? 'it is asked again' : new Date(until).toISOString().slice(0, 10)}`;
}

type Found = { readonly refusal: LicenceRefusal; readonly isSure: boolean };

/** Those that mean a use; not surely where they are about one way of delivery and nobody said how it is delivered. */
function refusalsOf(refusals: LicenceRefusals, use: ExceptedUse, now: number, isInRange: (range: string) => boolean): readonly Found[] {
  const { deliveries = [] } = use;
  return [...refusals.values()].flatMap((refusal): readonly Found[] => {
    const { delivery, ...rest } = refusal.predicate;
    if (!isStanding(refusal, now) || !isMeant(rest, use, isInRange)) return [];
    if (delivery === undefined || deliveries.includes(delivery)) return [{ refusal, isSure: true }];
    return deliveries.length === 0 ? [{ refusal, isSure: false }] : [];
  });
}

function isStanding({ until }: LicenceRefusal, now: number): boolean {
  return until === null || until > now;
}

function ofCouncil(exceptions: LicenceExceptions): LicenceExceptions {
  return new Map([...exceptions].filter(([, { council }]) => council !== null));
}

function first(found: readonly Found[]): LicenceRefusal | null {
  return found.reduce<LicenceRefusal | null>((best, { refusal }) => (best === null || countsBefore(refusal, best) ? refusal : best), null);
}
