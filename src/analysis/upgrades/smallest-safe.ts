import type { VersionScheme } from '#language/version-scheme.ts';
import type { AdvisedPackage } from './advised-package.ts';

/** The upgrade that closes everything, or why there is none. */
export type SafeUpgrade =
  | { readonly kind: 'upgrade'; /** As an advisory or an inventory writes it. */ readonly to: string }
  /** `against` are the records that hit the candidate hit by fewest, or may: what stands in the way. */
  | { readonly kind: 'all-affected'; readonly against: readonly string[] }
  /** The least version that no record affects is under a licence that the IP policy does not allow here, and so is every other. */
  | { readonly kind: 'licence-fails'; readonly to: string; readonly licence: string }
  /** No version above those in use is named by an advisory or in use here. */
  | { readonly kind: 'none-known' }
  /** The versions in use have no order that this build knows. */
  | { readonly kind: 'no-order' };

/**
 * The least version above all those affected that no record of ours affects, nor may affect: raising to it closes every finding of the package
 * and opens none. Only versions that advisories call fixed, or that somebody here uses, are known to exist and looked at; others may
 * be better and are not known. A pre-release is only taken where no release will do.
 */
export function smallestSafe(
  advised: AdvisedPackage,
  scheme: VersionScheme | null,
  affected: readonly string[],
  inUse: readonly string[],
  /** The licence of a version that may not be used where the package is; null for one that may, or is not known. */
  failingLicence: (version: string) => string | null = () => null,
): SafeUpgrade {
  const highest = highestOf(scheme, affected);
  if (scheme === null || highest === null) return { kind: 'no-order' };
  const candidates = [...new Set([...advised.fixes, ...inUse])]
    .filter((text) => scheme.compare(text, highest) === 1)
    .sort((a, b) => Number(isPreRelease(a)) - Number(isPreRelease(b)) || (scheme.compare(a, b) ?? 0));
  let least: readonly string[] | null = null;
  let refused: SafeUpgrade | null = null;
  for (const to of candidates) {
    const against = advised.against(to);
    if (against.length === 0) {
      const licence = failingLicence(to);
      if (licence === null) return { kind: 'upgrade', to };
      refused ??= { kind: 'licence-fails', to, licence };
      continue;
    }
    if (least === null || against.length < least.length) least = against;
  }
  if (refused !== null) return refused;
  return least === null ? { kind: 'none-known' } : { kind: 'all-affected', against: least };
}

/** Versions in order, least first; those that are none of the scheme are left out. */
export function inVersionOrder(scheme: VersionScheme | null, versions: readonly string[]): readonly string[] {
  if (scheme === null) return [];
  return versions.filter((text) => scheme.isVersion(text)).sort((a, b) => scheme.compare(a, b) ?? 0);
}

/** Null when there is none, or one of them cannot be placed. */
function highestOf(scheme: VersionScheme | null, versions: readonly string[]): string | null {
  const ordered = inVersionOrder(scheme, versions);
  return ordered.length === versions.length ? (ordered.at(-1) ?? null) : null;
}

const words = /(?:^|[^a-z])(?:alpha|beta|rc|cr|dev|pre|preview|snapshot|milestone|canary|nightly|next|m\d+)(?![a-z])/i;
const pythonLetters = /\d(?:a|b|c)\d+(?:$|[.+])/i;

/** Whether a version says of itself that it is not finished, by the words that the ecosystems use for it. */
export function isPreRelease(version: string): boolean {
  return words.test(version) || pythonLetters.test(version);
}
