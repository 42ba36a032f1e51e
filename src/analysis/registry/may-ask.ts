/** What may be told outside: names are a firm's own business until it is known that they are public. */
export type AskPolicy = {
  /** Whether a package is asked about of which no lockfile says where it is taken from. */
  readonly unknownOrigin: 'ask' | 'withhold';
  /** Names never told: `@acme/*`, `com.acme.*`, `npm:acme-*`; a star stands for any characters. */
  readonly privateNames: readonly string[];
  /** Names told even when no lockfile says where they are taken from. */
  readonly publicNames: readonly string[];
};

/** The registry that is asked about packages of an ecosystem. */
export type ChosenRegistry = {
  /** Null: none is asked. */
  readonly base: string | null;
  /** Hosts that lockfiles name for packages of this registry. */
  readonly hosts: ReadonlySet<string>;
  /** An inner registry that may hear any name. */
  readonly hearsPrivateNames: boolean;
};

/** A package and what the estate knows of where it comes from. */
export type AskedPackage = {
  readonly ecosystem: string;
  readonly name: string;
  /** Hosts from which lockfiles take it; empty when none says. */
  readonly hosts: readonly string[];
  /** A component of the firm bears the name. */
  readonly isOwn: boolean;
};

/** Why a package is not asked about. */
export type Withheld = 'no-registry' | 'off' | 'private-name' | 'own-name' | 'other-host' | 'unknown-origin' | 'not-a-name';

/** One sentence for each, with what to do. */
export const withheldSentences: Readonly<Record<Withheld, string>> = {
  'no-registry': 'No registry of its ecosystem is configured. Name one under registries.ask.',
  off: 'The registry of its ecosystem is switched off.',
  'private-name': 'Its name is among registries.privateNames.',
  'own-name': 'A component of our own bears the name. If it is published, add it to registries.publicNames.',
  'other-host': 'Lockfiles take it from another host than the registry that is asked. Configure that one as the registry to ask.',
  'unknown-origin': 'No lockfile says where it is taken from. Add it to registries.publicNames, or set registries.unknownOrigin to ask.',
  'not-a-name': 'Its name cannot be one of a package of that registry.',
};

/**
 * Whether a registry may hear the name of a package: null when it may, else why not. A name that anything shows to be private is told to no registry that
 * is not said to hear private names, whatever else speaks for it.
 */
export function whyWithheld(asked: AskedPackage, chosen: ChosenRegistry | null, policy: AskPolicy): Withheld | null {
  if (chosen === null) return 'no-registry';
  if (chosen.base === null) return 'off';
  if (chosen.hearsPrivateNames) return null;
  if (isNamed(asked, policy.privateNames)) return 'private-name';
  if (asked.hosts.some((host) => !chosen.hosts.has(host))) return 'other-host';
  if (isNamed(asked, policy.publicNames)) return null;
  if (asked.isOwn) return 'own-name';
  return asked.hosts.length > 0 || policy.unknownOrigin === 'ask' ? null : 'unknown-origin';
}

function isNamed({ ecosystem, name }: AskedPackage, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const [, of, glob = pattern] = /^(npm|PyPI|Maven|crates\.io|RubyGems|NuGet|Packagist|Go):(?!\/\/)(.+)$/i.exec(pattern) ?? [];
    return (of === undefined || of.toLowerCase() === ecosystem.toLowerCase()) && matchesGlob(plainName(ecosystem, name), plainName(ecosystem, glob));
  });
}

/** A name that differs by case or by the kind of its dashes only is the same secret. */
function plainName(ecosystem: string, text: string): string {
  const lower = text.toLowerCase();
  return ecosystem === 'PyPI' || ecosystem === 'crates.io' ? lower.replace(/[-_.]+/g, '-') : lower;
}

function matchesGlob(text: string, glob: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? '';
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
