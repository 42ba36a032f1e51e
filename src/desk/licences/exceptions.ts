import type { Delivery } from '#model/licence.ts';

/** Which uses a decision is about: every part given must be met. `package` is a purl without version, `licence` in normal form. */
export type UsePredicate = {
  readonly component?: string | undefined;
  readonly artifact?: string | undefined;
  readonly team?: string | undefined;
  readonly package?: string | undefined;
  readonly range?: string | undefined;
  readonly licence?: string | undefined;
  /** What permits is met only by what is delivered so and in no other way. */
  readonly delivery?: Delivery | undefined;
};

/** A use that the policy would not permit, permitted under conditions until a day. Times are Unix milliseconds. */
export type LicenceException = {
  readonly id: string;
  readonly predicate: UsePredicate;
  readonly verdict: 'allowed' | 'conditions';
  readonly until: number;
  readonly by: string;
  readonly at: number;
  /** Case of the council that decided it; null without one. */
  readonly council: string | null;
  /** Somebody let a blocked build pass, without counsel: it does not block, and warns as long as it stands. */
  readonly passesGate?: true;
  /** Number of the act, whose words say the conditions. */
  readonly seq: number;
};

/** Exceptions that were not taken back, by id, oldest first. */
export type LicenceExceptions = Map<string, LicenceException>;

/** Adds an exception; also what a decision of the council does when it is folded. */
export function grantException(desk: { readonly licenceExceptions: LicenceExceptions }, exception: LicenceException): void {
  desk.licenceExceptions.set(exception.id, exception);
}

/** How long a blocked build may be let pass at most. */
export const longestPassMs = 14 * 86_400_000;

/** A use as an exception sees it. */
export type ExceptedUse = {
  /** Every ref of the component; empty where it is asked of none. */
  readonly components: readonly string[];
  readonly team: string | null;
  readonly artifact: string | null;
  readonly package: string;
  /** In normal form. */
  readonly licence: string | null;
  /** Every way in which it is delivered; empty or absent: nobody said. */
  readonly deliveries?: readonly Delivery[];
};

/** The exception that counts for a use: of those that stand and mean it the most specific one, then the latest (model.md 14). `isInRange` says whether the version lies in a range. */
export function exceptionFor(
  exceptions: LicenceExceptions,
  use: ExceptedUse,
  now: number,
  isInRange: (range: string) => boolean,
): LicenceException | null {
  let found: LicenceException | null = null;
  for (const each of exceptions.values()) {
    if (each.until <= now || !isMeant(each.predicate, use, isInRange)) continue;
    if (found === null || countsBefore(each, found)) found = each;
  }
  return found;
}

/** True when every part of a predicate is met by a use. */
export function isMeant(predicate: UsePredicate, use: ExceptedUse, isInRange: (range: string) => boolean): boolean {
  const { component, artifact, team, package: wanted, range, licence, delivery } = predicate;
  if (component !== undefined && !use.components.includes(component)) return false;
  if (artifact !== undefined && artifact !== use.artifact) return false;
  if (team !== undefined && team !== use.team) return false;
  if (wanted !== undefined && wanted !== use.package) return false;
  if (licence !== undefined && licence !== use.licence) return false;
  if (delivery !== undefined && (use.deliveries === undefined || use.deliveries.length === 0 || use.deliveries.some((each) => each !== delivery)))
    return false;
  return range === undefined || isInRange(range);
}

const weights = { artifact: 64, component: 32, team: 16, delivery: 8, range: 4, package: 2, licence: 1 } as const;

type Weighed = { readonly predicate: UsePredicate; readonly seq: number };

/** True when one decision counts before another that means the same use: the more specific one, then the later. */
export function countsBefore(each: Weighed, other: Weighed): boolean {
  const [mine, theirs] = [specificity(each), specificity(other)];
  return mine > theirs || (mine === theirs && each.seq > other.seq);
}

function specificity({ predicate }: Weighed): number {
  let sum = 0;
  for (const [part, weight] of Object.entries(weights)) if (predicate[part as keyof typeof weights] !== undefined) sum += weight;
  return sum;
}
