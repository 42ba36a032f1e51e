import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';
import { orderSemver, parseSemver, type Semver, type SemverLeniency } from '../semver.ts';

/**
 * Semantic versions as https://semver.org has them, for ecosystems that keep to it and OSV ranges of type SEMVER. The specification has no ranges;
 * plain comparators are read.
 */
export const semver = orderedScheme<Semver>({
  id: 'semver',
  ecosystems: ['Kubernetes', 'VSCode'],
  parse,
  order: orderSemver,
  parseRange: (text) => plainRange(text, { parse, order: orderSemver }),
});

const strict: SemverLeniency = { partial: false, leadingZeros: false, largest: null };

/** A leading `v` is let pass: tags have it. */
function parse(text: string): Semver | null {
  return parseSemver(text, text.startsWith('v') ? 1 : 0, strict);
}
