import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { Refusal } from './refusal.ts';

/** Whether a name holds every word of a search text. */
export function wordsFilter(text: string | undefined): (name: string) => boolean {
  const words = wordsIn(text);
  if (words.length === 0) return () => true;
  return (name) => {
    const lower = name.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}

/** The words of a search text, in small letters. */
export function wordsIn(text: string | undefined): readonly string[] {
  return (text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** The package a purl names, and the version if it has one. `slot` is null when the estate does not know it. Refuses what is no purl. */
export function wantedPackage(estate: Estate, text: string): { readonly slot: number | null; readonly version: string | null } {
  const parts = packageOfPurl(text);
  if (parts === null) throw new Refusal(400, 'That is no purl. An example: pkg:npm/lodash');
  const ecosystem = parts.ecosystem ?? '';
  return { slot: estate.packageByKey.get(packageSlotKey(ecosystem, packageKey(ecosystem, parts.name))) ?? null, version: parts.version };
}

/** Whether a team passes the filters `team` and `owner` (`none`: only what nobody owns). */
export function teamFilter({
  team,
  owner,
}: {
  readonly team?: string | undefined;
  readonly owner?: 'none' | 'some' | undefined;
}): (of: string | null) => boolean {
  return (of) => (team === undefined || of === team) && (owner === undefined || (of === null) === (owner === 'none'));
}

/** Whether something passes a yes-or-no filter. */
export function yesNo(wanted: 'true' | 'false' | undefined, is: boolean): boolean {
  return wanted === undefined || is === (wanted === 'true');
}

/** Sorts "none" behind every name. */
export const afterAll = '\uffff';
