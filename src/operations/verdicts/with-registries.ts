import { withheldSentences } from '#analysis/registry/may-ask.ts';
import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { licenceClaims } from '#estate/questions/licence-claims.ts';
import { versionsOf, whoUses } from '#estate/questions/who-uses.ts';
import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import { storedJson } from '#language/readers/json.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { summaryOf, type RegistrySummary } from '#model/registry-summary.ts';
import type { Visibility } from '#model/visibility.ts';
import { purlOfPackage } from '../ask-estate.ts';
import type { PackageAsker, PackageHeard, PackageWanted } from './package-asker.ts';
import type { AskedPackage } from './verdicts-for.ts';

type Given = { readonly estate: Estate; readonly visibility: Visibility };

/** How long somebody waits for registries: an answer is to be there after three seconds. */
export const waitMs = 2_500;
const mostAsked = 50;

/**
 * What is asked, with a version where none was given and with what registries say where nobody here knows: the latest version of the registry, else the
 * newest one used here. `asker` null asks nobody, and answers by what is known. Never fails: what a registry does not say stays unknown, with a note why.
 */
export async function withRegistries(given: Given, packages: readonly AskedPackage[], asker: PackageAsker | null): Promise<readonly AskedPackage[]> {
  const known = packages.map((asked) => whatIsKnown(given, asked));
  const wanted = known.flatMap((each) => (each.kind === 'wanted' ? [each.wanted] : []));
  const heard = asker === null ? [] : await asker.ask(wanted.slice(0, mostAsked), waitMs);
  let next = 0;
  return packages.map((asked, at) => {
    const each = known[at];
    if (each?.kind === 'summary') return bySummary(given, asked, each.summary, null);
    if (each?.kind !== 'wanted') return asked;
    const answer = heard[next];
    next += 1;
    return answer === undefined ? noted(newestHere(given, asked), asker === null ? nobodyAsked : tooMany) : answered(given, asked, answer);
  });
}

function noted(asked: AskedPackage, note: string): AskedPackage {
  return { ...asked, notes: [...(asked.notes ?? []), note] };
}

const nobodyAsked = 'This office asks no registry.';
const tooMany = `Its registry was not asked: at most ${String(mostAsked)} new packages are asked about at once.`;

type Known =
  /** The estate or the file that brings it in says its licence, or nobody can be asked. */
  | { readonly kind: 'enough' }
  /** Its registry was asked before. */
  | { readonly kind: 'summary'; readonly summary: RegistrySummary }
  | { readonly kind: 'wanted'; readonly wanted: PackageWanted };

function whatIsKnown({ estate, visibility }: Given, { purl, claims = [] }: AskedPackage): Known {
  const parts = packageOfPurl(purl);
  if (parts?.ecosystem == null) return { kind: 'enough' };
  const { ecosystem, name, version } = parts;
  const nameKey = packageKey(ecosystem, name);
  const key = packageSlotKey(ecosystem, nameKey);
  if (version !== null) {
    if (claims.length > 0) return { kind: 'enough' };
    const slot = versionsOf(estate, estate.packageByKey.get(key) ?? -1).find((each) => estate.versions[each]?.version === version) ?? -1;
    const isUsed = slot !== -1 && (visibility.kind === 'all' || whoUses(estate, visibility, [slot]).components > 0);
    if (isUsed && (estate.registry.has(key) || licenceClaims(estate, slot).length > 0)) return { kind: 'enough' };
  }
  const text = estate.registry.get(key);
  const summary = text === undefined ? null : (storedJson(text) as RegistrySummary);
  const row = summary?.versions.find(([each]) => each === (version ?? summary.latest));
  return summary !== null && row?.[3] != null ? { kind: 'summary', summary } : { kind: 'wanted', wanted: { ecosystem, nameKey, name, version } };
}

function answered(given: Given, asked: AskedPackage, heard: PackageHeard): AskedPackage {
  if (heard.kind !== 'facts') return noted(newestHere(given, asked), heard.kind === 'late' ? lateNote : failedNote);
  const { facts } = heard;
  // Why a name is withheld tells who uses it: that is for whoever sees everything.
  const withheld = facts.withheld === null ? null : given.visibility.kind === 'all' ? withheldSentences[facts.withheld] : withheldNote;
  if (facts.record === null) {
    const why =
      withheld ?? (facts.state === 'absent' ? absentNote : facts.problem === null ? failedNote : `Its registry did not answer: ${facts.problem}`);
    return noted(newestHere(given, asked), why);
  }
  return bySummary(given, asked, summaryOf(facts.record, facts.state === 'absent'), facts.problem);
}

function bySummary(given: Given, asked: AskedPackage, summary: RegistrySummary, problem: string | null): AskedPackage {
  const version = packageOfPurl(asked.purl)?.version ?? null;
  if (version !== null) return withSummary(asked, summary, version, problem);
  return summary.latest === null ? newestHere(given, asked) : withSummary(latestOf(asked, summary.latest), summary, summary.latest, problem);
}

function withSummary(asked: AskedPackage, summary: RegistrySummary, version: string, problem: string | null): AskedPackage {
  const row = summary.versions.find(([each]) => each === version);
  const notes = [...(asked.notes ?? [])];
  if (row === undefined)
    notes.push(problem === null ? 'Its registry knows the package and not this version.' : `Its registry did not answer: ${problem}`);
  const [, , warning = null, at = null] = row ?? [];
  const kind = warning === null ? null : (summary.warnings[warning]?.kind ?? null);
  if (kind !== null) notes.push(`Its registry marks this version as ${kind}.`);
  const said = at === null ? [] : (summary.licences?.[at] ?? []);
  if (row !== undefined && said.length === 0) notes.push('Its registry does not say under which licence it is.');
  const claims = said.length === 0 ? (asked.claims ?? []) : [...(asked.claims ?? []), { source: 'registry', said } as const];
  return { ...asked, claims, notes };
}

function latestOf(asked: AskedPackage, version: string): AskedPackage {
  return { ...asked, purl: withVersion(asked.purl, version), notes: [`No version was named: ${version} is the latest of its registry.`] };
}

/** The newest version that the asker may see in use; as it is where there is none, or a version is named. */
function newestHere({ estate, visibility }: Given, asked: AskedPackage): AskedPackage {
  const parts = packageOfPurl(asked.purl);
  if (parts?.ecosystem == null || parts.version !== null) return asked;
  const slot = estate.packageByKey.get(packageSlotKey(parts.ecosystem, packageKey(parts.ecosystem, parts.name)));
  const used = slot === undefined ? [] : versionsOf(estate, slot).filter((each) => whoUses(estate, visibility, [each]).components > 0);
  const scheme = schemeOf(parts.ecosystem);
  const versions = used.flatMap((each) => estate.versions[each]?.version || []).sort((a, b) => scheme?.compare(b, a) ?? 0);
  const [newest] = versions;
  if (newest === undefined) return asked;
  return { ...asked, purl: withVersion(asked.purl, newest), notes: [`No version was named: ${newest} is the newest used here.`] };
}

function withVersion(purl: string, version: string): string {
  const parts = packageOfPurl(purl);
  return `${purlOfPackage(parts?.ecosystem ?? '', parts?.name ?? '')}@${encodeURIComponent(version)}`;
}

const lateNote = 'Its registry did not answer in time. Ask again in a moment.';
const failedNote = 'Its registry could not be asked.';
const absentNote = 'Its registry has no such package.';
const withheldNote = 'Its name is not told to a registry by the rules of this office.';
