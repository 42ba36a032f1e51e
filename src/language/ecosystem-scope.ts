/**
 * True when what an advisory names as its ecosystem covers the one asked about: they are the same, or one is a part of the other, segment by segment
 * (a record for all of Debian covers `Debian:12`; `Red Hat:enterprise_linux:9` asks for `Red Hat:enterprise_linux:9::appstream`).
 * Beyond that: Ubuntu's records for subscribers (`Ubuntu:Pro:22.04:LTS`) are about the packages of that release, and SUSE's modules
 * (`SUSE:Linux Enterprise Module for Basesystem 15 SP5`) are what its servers of the same service pack are made of.
 */
export function coversEcosystem(advised: string, asked: string): boolean {
  if (advised === asked) return true;
  if (isPartOf(advised, asked)) return true;
  const release = releaseOf(asked);
  return release !== null && release === releaseOf(advised);
}

const colon = 0x3a;

/** Runs for every record of a package, so it makes no strings. */
function isPartOf(advised: string, asked: string): boolean {
  if (advised.length < asked.length) return asked.charCodeAt(advised.length) === colon && asked.startsWith(advised);
  return advised.charCodeAt(asked.length) === colon && advised.startsWith(asked);
}

/** The release that several spellings of an ecosystem share; null where an ecosystem has one spelling only. Ubuntu's FIPS builds are packages of their own. */
function releaseOf(ecosystem: string): string | null {
  if (ecosystem.startsWith('Ubuntu:')) return /^Ubuntu:(?:Pro:)?(\d+\.\d+)(?::LTS)?$/.exec(ecosystem)?.[1] ?? null;
  if (ecosystem.startsWith('SUSE:')) return /^SUSE:Linux Enterprise .*\b(\d+(?: SP\d+)?)(?:-[A-Z]+)?$/.exec(ecosystem)?.[1] ?? null;
  return null;
}
