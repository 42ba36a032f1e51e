import { hash } from 'node:crypto';
import type { Verdict } from '#desk/decisions/verdict.ts';
import type { Predicate } from '#desk/decisions/predicate.ts';
import type { Refused } from '#desk/refused.ts';
import { invalid } from '#desk/refused.ts';
import type { Estate } from '#estate/estate.ts';
import { componentByRef } from '#estate/questions/listed.ts';
import { resultOf } from '#gateway/gateway.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { redactBytes } from '#language/redact.ts';
import { meantPackages } from '#language/vex/package-version.ts';
import type { Actor } from '#model/actor.ts';
import type { Problem } from '#model/problem.ts';
import { quoted } from '#model/problem.ts';
import type { Statement } from '#model/statement.ts';
import type { Visibility } from '#model/visibility.ts';
import { uploadRef } from './component-named.ts';
import type { Context } from './context.ts';
import { extentsOf } from './extent-of.ts';
import { actKindOf, type LiveDesk } from './live-desk.ts';
import { performAct } from './perform-act.ts';
import { formatsOfOneComponent, statementFormatOf, statementFormats } from './statement-format.ts';

/** A file with decisions, and who brings it. */
export type ImportWanted = {
  readonly bytes: Uint8Array;
  /** Its name, shown with what came from it. */
  readonly file: string;
  /** Null: by its name or content. */
  readonly formatId: string | null;
  /** Ref or name of the component that it speaks of where it does not say itself; null when it does. */
  readonly component: string | null;
  readonly actor: Actor;
  /** What the actor may see of findings. */
  readonly visibility: Visibility;
  /** What the actor may see of components. */
  readonly estateVisibility: Visibility;
};

/** What came of an import. */
export type ImportDone = {
  readonly format: string;
  /** Decisions that are new here. */
  readonly imported: number;
  /** Of those, how many mean an open finding now; the others wait until it is there. */
  readonly matched: number;
  /** What was imported before, withdrawn ones included. */
  readonly known: number;
  /** Statements that something is fixed, which only the inventory says. */
  readonly fixed: number;
  /** Statements that had expired. */
  readonly expired: number;
  /** Ids of the acts that brought them. */
  readonly batches: readonly string[];
  readonly problems: readonly Problem[];
};

type Row = {
  readonly id: string;
  readonly predicate: Predicate;
  readonly verdict: Verdict;
  readonly justification: Statement['justification'];
  readonly responses: Statement['responses'];
  readonly until: string | null;
  readonly at: string | null;
  readonly line: number | null;
};

const defaultDays = 90;
const rowsPerAct = 5000;

/** Reads a file in the gateway and takes over what it decides, unconfirmed. The same file twice imports nothing twice. */
export async function importDecisions(context: Context, live: LiveDesk, estate: Estate, wanted: ImportWanted): Promise<ImportDone | Refused> {
  const { file, actor, visibility, estateVisibility } = wanted;
  const bytes = redactBytes(wanted.bytes);
  const formatId = wanted.formatId ?? statementFormatOf(file, bytes);
  if (formatId === null || !statementFormats.includes(formatId)) return invalid(`Say what the file is. One of ${statementFormats.join(', ')}.`);
  if (formatsOfOneComponent.has(formatId) && wanted.component === null)
    return invalid(`A file of the format ${formatId} speaks of what it lies beside. Name the component.`);
  const read = resultOf(await context.gateway.read({ path: file, bytes, formatId }, () => Promise.resolve(null)));
  const now = context.clock();
  const counts = { fixed: 0, expired: 0 };
  const problems = [...read.problems];
  const rows = new Map<string, { readonly row: Row; readonly detail: string | null }>();
  for (const statement of read.statements ?? []) {
    if (statement.state === 'fixed') counts.fixed += 1;
    else if (statement.until !== null && Date.parse(statement.until) <= now) counts.expired += 1;
    else {
      const predicates = predicatesOf(estate, statement, wanted.component, estateVisibility);
      if (predicates.length === 0) problems.push(nothingMeant(statement, file));
      for (const predicate of predicates) {
        const row = rowOf(formatId, statement, statement.state, predicate);
        rows.set(row.id, { row, detail: statement.detail?.slice(0, 10_000) ?? null });
      }
    }
  }
  const desk = await live.catchUp(context.store);
  const fresh = [...rows.values()].filter(({ row }) => !desk.decisions.byId.has(row.id));
  const extents = extentsOf(
    estate,
    fresh.map(({ row }) => row.predicate),
    visibility,
  );
  const batches: string[] = [];
  const kind = actKindOf('import-decisions');
  if (kind === undefined) throw new Error('The act import-decisions is not in this build.');
  for (let from = 0; from < fresh.length; from += rowsPerAct) {
    const part = fresh.slice(from, from + rowsPerAct);
    const id = context.randomId().slice(0, 26);
    const done = await performAct(context, live, estate, {
      kind,
      body: {
        id,
        source: formatId,
        sha256: hash('sha256', bytes, 'hex'),
        expires: new Date(now + defaultDays * 86_400_000).toISOString(),
        rows: part.map(({ row }) => row),
      },
      words: { file: file.slice(0, 1000), details: part.map(({ detail }) => detail) },
      actor,
      visibility,
      estateVisibility,
      expects: null,
    });
    if ('refusal' in done) return done;
    batches.push(id);
  }
  const matched = extents.filter(({ findings }) => findings > 0).length;
  return { format: formatId, imported: fresh.length, matched, known: rows.size - fresh.length, ...counts, batches, problems };
}

function rowOf(source: string, statement: Statement, verdict: Verdict, predicate: Predicate): Row {
  const { justification, responses, until, at, line } = statement;
  const said = { predicate, verdict, justification, responses, until };
  return { id: idOf(canonicalJson({ source, ...said })), ...said, at, line };
}

/** What a statement means, one predicate for each package; none when that cannot be said by natural keys. */
function predicatesOf(estate: Estate, statement: Statement, component: string | null, visibility: Visibility): readonly Predicate[] {
  const [advisory = '', ...aliases] = statement.ids;
  const about = { advisory, ...(aliases.length === 0 ? {} : { aliases }) };
  const named = statement.product === null ? null : refOf(estate, statement.product, visibility);
  const given = component === null ? null : refOf(estate, component, visibility);
  // A product that is no component here is what the file calls it; who imports it may know better.
  const ref = named?.isKnown === true ? named.ref : (given?.ref ?? named?.ref);
  const where = ref === undefined ? {} : { component: ref };
  if (statement.packages.length === 0) return ref === undefined ? [] : [{ ...where, ...about }];
  return meantPackages(statement.packages).map(({ purl, range }) => ({ ...where, package: purl, ...(range === null ? {} : { range }), ...about }));
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

function nothingMeant({ ids, line }: Statement, path: string): Problem {
  const message = `What is said of ${quoted(ids[0] ?? '')} names neither a component nor a package by purl, so it was left out. Name the component.`;
  return { code: 'nothing-meant', message, path, severity: 'warning', ...(line === null ? {} : { line }) };
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** 26 characters of base32 that are the same for the same text. */
function idOf(text: string): string {
  return Array.from(hash('sha256', text, 'buffer').subarray(0, 26), (byte) => alphabet[byte & 31]).join('');
}
