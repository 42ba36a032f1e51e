import { quoted, type Problem } from '#model/problem.ts';
import type { DeclaredLicence, RegistryAnswer } from '#model/registry.ts';
import type { Unreadable } from '../readers/decoded.ts';
import { asArray, asObject, asString } from '../readers/json.ts';

/** An answer of which nothing counts, for this reason. */
export function refusedAnswer(reason: Unreadable): RegistryAnswer {
  return { versions: [], isWhole: false, asks: [], problems: [{ ...reason, severity: 'error' }] };
}

/** The same for a document of another kind, such as the page of a login that answers with 200. */
export function notAnAnswer(title: string): RegistryAnswer {
  const message = `The answer is not what ${title} sends. Look whether a login or a proxy stands before it.`;
  return refusedAnswer({ code: 'not-this-registry', message });
}

/** The same for an answer about another package. */
export function otherPackage(wanted: string, found: string | null): RegistryAnswer {
  return refusedAnswer({ code: 'other-package', message: `The answer to ${quoted(wanted)} is about ${quoted(found ?? '')}.` });
}

/** Something of an answer that was left out. */
export function leftOut(message: string): Problem {
  return { code: 'left-out', message, severity: 'warning' };
}

/** ISO 8601 as Unix milliseconds; nothing for what is no time, or none that a package can have. */
export function releasedAt(text: unknown): { readonly released?: number } {
  const at = typeof text === 'string' ? Date.parse(text) : NaN;
  // NuGet dates unlisted versions 1900; before 1990 there was no registry.
  return Number.isNaN(at) || at < 631_152_000_000 || at > 4_102_444_800_000 ? {} : { released: at };
}

/** A text that says something; null for anything else. */
export function saidText(value: unknown): string | null {
  const text = asString(value)?.trim() ?? '';
  return text === '' ? null : text;
}

/** Texts of a list of texts, or of one. */
export function saidTexts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? asArray(value) : [value]).flatMap((each) => saidText(each) ?? []);
}

/** Licences of one field. */
export function licencesIn(field: string, texts: readonly string[]): readonly DeclaredLicence[] {
  return texts.map((text) => ({ field, text }));
}

/** The address of a repository as an https URL without credentials; null for what is none. Git's ways of writing are understood for what they mean. */
export function repositoryUrl(value: unknown): string | null {
  const text = asString(value) ?? asString(asObject(value)?.['url']);
  if (text === null || text.length > 2_000) return null;
  const forge = /^(github|gitlab|bitbucket):([\w.-]+\/[\w.-]+)$/.exec(text.trim());
  if (forge !== null) return `https://${forge[1] ?? ''}.${forge[1] === 'bitbucket' ? 'org' : 'com'}/${forge[2] ?? ''}`;
  if (/^[\w.-]+\/[\w.-]+$/.test(text.trim())) return `https://github.com/${text.trim()}`;
  const plain = text
    .trim()
    .replace(/^scm:(?:git|svn|hg):/i, '')
    .replace(/^git\+/, '')
    .replace(/^(?:ssh:\/\/)?git@([\w.-]+)[:/]/, 'https://$1/')
    .replace(/^(?:git|ssh|http):\/\//, 'https://');
  const url = URL.parse(plain);
  if (url?.protocol !== 'https:' || !url.hostname.includes('.')) return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  url.search = '';
  return url.href.replace(/\.git$/, '');
}
