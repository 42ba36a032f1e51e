import type { CheckReport } from '#reports/check/check-report.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { officeRequests, type OfficeThere, type WayThere } from './office-requests.ts';

/** Who breaks the glass for what, and why. */
export type GlassBroken = {
  readonly component: string | null;
  readonly reason: string;
  /** Unix milliseconds; fourteen days from now at most. */
  readonly until: number;
  /** 26 characters of base32. */
  readonly id: string;
};

const mostAtOnce = 50;

/**
 * Lets a build pass that the policy blocks: the act `pass-gate` of a running office, in the name of the token. Gives the package versions that pass from now
 * on; none when nothing blocks. Throws a `ConfigurationError` when it is refused, or the office does not answer.
 */
export async function breakGlass(
  report: Pick<CheckReport, 'packages'>,
  { component, reason, until, id }: GlassBroken,
  office: OfficeThere,
  way: WayThere,
): Promise<readonly string[]> {
  const packages = report.packages.filter((each) => each.gate === 'block').map((each) => each.purl);
  if (packages.length === 0) return [];
  if (component === null) throw new ConfigurationError('Name the component whose build is to pass, with --component.');
  if (packages.length > mostAtOnce)
    throw new ConfigurationError(`${String(packages.length)} package versions block. At most ${String(mostAtOnce)} are let pass at once.`);
  const body = { id, component, packages, until: new Date(until).toISOString() };
  const done = await officeRequests(office, way)('/v1/acts/pass-gate', { body, words: { reason } });
  if (done === null) throw new ConfigurationError(`The office at ${office.url} did not answer: nothing was let pass. Try again.`);
  return packages;
}
