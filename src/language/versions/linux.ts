import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';
import { orderSemver, parseSemver, type Semver, type SemverLeniency } from '../semver.ts';

/** Releases of the Linux kernel: `6.1` is 6.1.0, and `6.1-rc3` comes before it. What a distribution appends (`5.15.0-91-generic`) is no version of the kernel's own. https://www.kernel.org/category/releases.html */
export const linux = orderedScheme<Semver>({
  id: 'linux',
  ecosystems: ['Linux'],
  parse,
  order: orderSemver,
  parseRange: (text) => plainRange(text, { parse, order: orderSemver }),
});

const partial: SemverLeniency = { partial: true, leadingZeros: false, largest: null };

function parse(text: string): Semver | null {
  const [, numbers, candidate] = /^v?(\d+(?:\.\d+){0,2})(?:-rc(\d{1,6}))?$/.exec(text) ?? [];
  if (numbers === undefined) return null;
  const filled = [...numbers.split('.'), '0', '0'].slice(0, 3).join('.');
  return parseSemver(candidate === undefined ? filled : `${filled}-rc.${String(Number(candidate))}`, 0, partial);
}
