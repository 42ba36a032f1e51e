import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';
import { orderSemver, parseSemver, type Semver, type SemverLeniency } from '../semver.ts';

/**
 * GitHub Actions by their release tags. `v4` and `v4.1` are tags that move, so that nothing is concluded from one that is in use;
 * where an advisory names `41` as the end of a range, it means the release 41.0.0. https://docs.github.com/actions/how-tos/create-and-publish-actions/manage-custom-actions
 */
export const github = orderedScheme<Semver>({
  id: 'github',
  ecosystems: ['GitHub Actions'],
  parse: (text) => parseTag(text, release),
  parseBound: (text) => parseTag(text, bound),
  order: orderSemver,
  parseRange: (text) => plainRange(text, { parse: (version) => parseTag(version, release), order: orderSemver }),
});

const release: SemverLeniency = { partial: false, leadingZeros: false, largest: null };
const bound: SemverLeniency = { ...release, partial: true };

function parseTag(text: string, leniency: SemverLeniency): Semver | null {
  return parseSemver(text, text.startsWith('v') ? 1 : 0, leniency);
}
