import type { Verdict } from '#desk/decisions/verdict.ts';
import type { Predicate } from '#desk/decisions/predicate.ts';
import type { Refused } from '#desk/refused.ts';
import { invalid } from '#desk/refused.ts';
import type { Estate } from '#estate/estate.ts';
import { meantPackages } from '#language/vex/package-version.ts';
import type { Problem } from '#model/problem.ts';
import { quoted } from '#model/problem.ts';
import type { Statement } from '#model/statement.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Context } from './context.ts';
import { extentsOf } from './extent-of.ts';
import { idOfSaid, importRows, meantComponent, readImport, type ImportWanted } from './import-file.ts';
import { formatsOfOneComponent } from './import-format.ts';
import type { LiveDesk } from './live-desk.ts';

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

/** Reads a file in the gateway and takes over what it decides, unconfirmed. The same file twice imports nothing twice. */
export async function importDecisions(context: Context, live: LiveDesk, estate: Estate, wanted: ImportWanted): Promise<ImportDone | Refused> {
  const { file, visibility, estateVisibility } = wanted;
  const read = await readImport(context, 'statements', wanted);
  if ('refusal' in read) return read;
  if (formatsOfOneComponent.has(read.format) && wanted.component === null)
    return invalid(`A file of the format ${read.format} speaks of what it lies beside. Name the component.`);
  const now = context.clock();
  const counts = { fixed: 0, expired: 0 };
  const problems = [...read.reading.problems];
  const rows = new Map<string, { readonly row: Row; readonly detail: string | null }>();
  for (const statement of read.reading.statements ?? []) {
    if (statement.state === 'fixed') counts.fixed += 1;
    else if (statement.until !== null && Date.parse(statement.until) <= now) counts.expired += 1;
    else {
      const predicates = predicatesOf(estate, statement, wanted.component, estateVisibility);
      if (predicates.length === 0) problems.push(nothingMeant(statement, file));
      for (const predicate of predicates) {
        const row = rowOf(read.format, statement, statement.state, predicate);
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
  const batches = await importRows(context, live, estate, wanted, read, { act: 'import-decisions', rows: fresh });
  if ('refusal' in batches) return batches;
  const matched = extents.filter(({ findings }) => findings > 0).length;
  return { format: read.format, imported: fresh.length, matched, known: rows.size - fresh.length, ...counts, batches, problems };
}

function rowOf(source: string, statement: Statement, verdict: Verdict, predicate: Predicate): Row {
  const { justification, responses, until, at, line } = statement;
  const said = { predicate, verdict, justification, responses, until };
  return { id: idOfSaid({ source, ...said }), ...said, at, line };
}

/** What a statement means, one predicate for each package; none when that cannot be said by natural keys. */
function predicatesOf(estate: Estate, statement: Statement, component: string | null, visibility: Visibility): readonly Predicate[] {
  const [advisory = '', ...aliases] = statement.ids;
  const about = { advisory, ...(aliases.length === 0 ? {} : { aliases }) };
  const ref = meantComponent(estate, statement.product, component, visibility);
  const where = ref === undefined ? {} : { component: ref };
  if (statement.packages.length === 0) return ref === undefined ? [] : [{ ...where, ...about }];
  return meantPackages(statement.packages).map(({ purl, range }) => ({ ...where, package: purl, ...(range === null ? {} : { range }), ...about }));
}

function nothingMeant({ ids, line }: Statement, path: string): Problem {
  const message = `What is said of ${quoted(ids[0] ?? '')} names neither a component nor a package by purl, so it was left out. Name the component.`;
  return { code: 'nothing-meant', message, path, severity: 'warning', ...(line === null ? {} : { line }) };
}
