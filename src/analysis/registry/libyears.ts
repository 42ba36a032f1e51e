import { jumpOf } from '../upgrades/jump.ts';
import type { ReleaseFacts } from '../rule.ts';

const yearDays = 365.25;

/** How far a version is behind the latest stable one. */
export type Behind = {
  /** Years between the two releases, never less than 0 (https://libyear.com, CHAOSS metric Libyears). */
  readonly libyears: number;
  /** By how much the first number of the version is lower; null where a version has none. */
  readonly majors: number | null;
};

/** How far behind a version is; null when its registry was not asked, or does not say when one of the two was released. */
export function behindOf(version: string, releases: ReleaseFacts | null): Behind | null {
  const latest = releases?.latest ?? null;
  if (releases === null || releases.released === null || latest?.released == null) return null;
  const majors = jumpOf(version, latest.version)?.majors ?? null;
  return { libyears: Math.max(0, (latest.released - releases.released) / yearDays), majors };
}
