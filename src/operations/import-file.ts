import { hash } from 'node:crypto';
import type { Refused } from '#desk/refused.ts';
import { invalid } from '#desk/refused.ts';
import type { Estate } from '#estate/estate.ts';
import { componentByRef } from '#estate/questions/listed.ts';
import { resultOf } from '#gateway/gateway.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { redactBytes } from '#language/redact.ts';
import type { Actor } from '#model/actor.ts';
import type { ReadingResult } from '#model/reading.ts';
import type { Visibility } from '#model/visibility.ts';
import { uploadRef } from './component-named.ts';
import type { Context } from './context.ts';
import { importFormatOf, importFormats, type ImportKind } from './import-format.ts';
import { actKindOf, type LiveDesk } from './live-desk.ts';
import { performAct } from './perform-act.ts';

/** A file with what others decided or approved, and who brings it. */
export type ImportWanted = {
  readonly bytes: Uint8Array;
  /** Its name, shown with what came from it. */
  readonly file: string;
  /** Null: by its name or content. */
  readonly formatId: string | null;
  /** Of CSV: which columns stand for which fields, `status=Decision,package=Purl`; absent: as they are called. */
  readonly columns?: string | null;
  /** Ref or name of the component that it speaks of where it does not say itself; null when it does. */
  readonly component: string | null;
  readonly actor: Actor;
  /** What the actor may see of findings. */
  readonly visibility: Visibility;
  /** What the actor may see of components. */
  readonly estateVisibility: Visibility;
};

/** A file as the gateway read it, without credentials. */
export type ImportedFile = { readonly format: string; readonly sha256: string; readonly reading: ReadingResult };

/** For how many days what was taken over waits for somebody who stands behind it. */
export const waitingDays = 90;

const csv: Readonly<Record<ImportKind, string>> = { statements: 'decisions-csv', approvals: 'approvals-csv' };
const rowsPerAct = 5000;

/** Reads a file that is imported on purpose, in the gateway. Refused where nobody can tell what it is. */
export async function readImport({ gateway }: Context, kind: ImportKind, wanted: ImportWanted): Promise<ImportedFile | Refused> {
  const { file, columns = null } = wanted;
  const plain = redactBytes(wanted.bytes);
  const bytes = columns === null ? plain : Buffer.concat([Buffer.from(`#columns ${columns.replaceAll(/[\r\n]+/g, ' ')}\n`), plain]);
  const format = wanted.formatId ?? (columns === null ? importFormatOf(kind, file, bytes) : csv[kind]);
  if (format === null || !importFormats[kind].includes(format)) return invalid(`Say what the file is. One of ${importFormats[kind].join(', ')}.`);
  const reading = resultOf(await gateway.read({ path: file, bytes, formatId: format }, () => Promise.resolve(null)));
  return { format, sha256: hash('sha256', plain, 'hex'), reading: columns === null ? reading : withoutFirstLine(reading) };
}

/** The line that says the columns was put before the file and is none of it. */
function withoutFirstLine(reading: ReadingResult): ReadingResult {
  const moved = <T extends { readonly line: number | null }>(each: T): T => ({ ...each, line: each.line === null ? null : each.line - 1 });
  const { statements, approvals } = reading;
  return {
    ...reading,
    problems: reading.problems.map((each) => (each.line === undefined ? each : { ...each, line: Math.max(1, each.line - 1) })),
    ...(statements === undefined ? {} : { statements: statements.map(moved) }),
    ...(approvals === undefined ? {} : { approvals: approvals.map(moved) }),
  };
}

/** What is done in one go: rows with their words, by an act that takes a list of them. */
export type ImportRows<Row, Detail> = {
  readonly act: 'import-decisions' | 'import-approvals';
  readonly rows: readonly { readonly row: Row; readonly detail: Detail }[];
};

/** Appends the rows to the ledger, some thousands an act; gives the ids of the acts. The first that is refused ends it. */
export async function importRows<Row, Detail>(
  context: Context,
  live: LiveDesk,
  estate: Estate,
  wanted: ImportWanted,
  { format, sha256 }: ImportedFile,
  { act, rows }: ImportRows<Row, Detail>,
): Promise<readonly string[] | Refused> {
  const kind = actKindOf(act);
  if (kind === undefined) throw new Error(`The act ${act} is not in this build.`);
  const { actor, visibility, estateVisibility, file } = wanted;
  const expires = new Date(context.clock() + waitingDays * 86_400_000).toISOString();
  const batches: string[] = [];
  for (let from = 0; from < rows.length; from += rowsPerAct) {
    const part = rows.slice(from, from + rowsPerAct);
    const id = context.randomId().slice(0, 26);
    const done = await performAct(context, live, estate, {
      kind,
      body: { id, source: format, sha256, expires, rows: part.map(({ row }) => row) },
      words: { file: file.slice(0, 1000), details: part.map(({ detail }) => detail) },
      actor,
      visibility,
      estateVisibility,
      expects: null,
    });
    if ('refusal' in done) return done;
    batches.push(id);
  }
  return batches;
}

/** The ref of the component that a row is about: the one that the file names and that is here, else the one that was given, else the one that an upload of the name would make. */
export function meantComponent(estate: Estate, product: string | null, given: string | null, visibility: Visibility): string | undefined {
  const named = product === null ? null : refOf(estate, product, visibility);
  // A product that is no component here is what the file calls it; who imports it may know better.
  if (named?.isKnown === true) return named.ref;
  return (given === null ? null : refOf(estate, given, visibility).ref) ?? named?.ref;
}

/** The first ref of the component that is called so, or the one that an upload of this name would make. */
export function refOf(estate: Estate, text: string, visibility: Visibility): { readonly ref: string; readonly isKnown: boolean } {
  const named = componentByRef(estate, visibility, text);
  const same =
    named !== null ? [named] : estate.components.flatMap((each) => (each.name === text ? (componentByRef(estate, visibility, each.ref) ?? []) : []));
  const [slot] = same;
  const known = slot === undefined || same.length > 1 ? undefined : estate.components[slot]?.ref;
  return { ref: known ?? uploadRef(text), isKnown: known !== undefined };
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 26 characters of base32 that are the same for the same thing said. */
export function idOfSaid(said: object): string {
  return Array.from(hash('sha256', canonicalJson(said), 'buffer').subarray(0, 26), (byte) => alphabet[byte & 31]).join('');
}
