import type { Desk } from '../desk.ts';

/** A use that the policy would not permit, permitted under conditions until a day. Times are Unix milliseconds. */
export type LicenceException = {
  readonly id: string;
  /** What it is about: every part given must be met. `package` is a purl without version, `licence` in normal form. */
  readonly predicate: {
    readonly component?: string | undefined;
    readonly artifact?: string | undefined;
    readonly team?: string | undefined;
    readonly package?: string | undefined;
    readonly range?: string | undefined;
    readonly licence?: string | undefined;
  };
  readonly verdict: 'allowed' | 'conditions';
  readonly until: number;
  readonly by: string;
  readonly at: number;
  /** Case of the council that decided it; null without one. */
  readonly council: string | null;
  /** Number of the act, whose words say the conditions. */
  readonly seq: number;
};

/** Exceptions that were not taken back, by id, oldest first. */
export type LicenceExceptions = Map<string, LicenceException>;

/** Adds an exception; also what a decision of the council does when it is folded. */
export function grantException(desk: Pick<Desk, 'licenceExceptions'>, exception: LicenceException): void {
  desk.licenceExceptions.set(exception.id, exception);
}

/** A use as an exception sees it. */
export type ExceptedUse = {
  /** Every ref of the component; empty where it is asked of none. */
  readonly components: readonly string[];
  readonly team: string | null;
  readonly artifact: string | null;
  readonly package: string;
  readonly licence: string | null;
};

/** The newest exception that stands and means a use. `isInRange` says whether the version lies in a range. */
export function exceptionFor(
  exceptions: LicenceExceptions,
  use: ExceptedUse,
  now: number,
  isInRange: (range: string) => boolean,
): LicenceException | null {
  let found: LicenceException | null = null;
  for (const each of exceptions.values()) {
    const { component, artifact, team, package: wanted, range, licence } = each.predicate;
    if (each.until <= now) continue;
    if (component !== undefined && !use.components.includes(component)) continue;
    if (artifact !== undefined && artifact !== use.artifact) continue;
    if (team !== undefined && team !== use.team) continue;
    if (wanted !== undefined && wanted !== use.package) continue;
    if (licence !== undefined && licence !== use.licence) continue;
    if (range === undefined || isInRange(range)) found = each;
  }
  return found;
}
