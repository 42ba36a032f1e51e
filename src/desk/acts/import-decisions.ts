import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import type { Extent } from '../decisions/extent.ts';
import { Predicate } from '../decisions/predicate.ts';
import { Justification, Response, Verdict } from '../decisions/verdict.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed } from '../refused.ts';

const Row = z.strictObject({
  /** Made from what it says, so that importing the same twice imports it once. */
  id: GivenId,
  predicate: Predicate,
  verdict: Verdict,
  justification: Justification.nullable().default(null),
  responses: z.array(Response).max(5).default([]),
  /** ISO 8601, as the file says. */
  until: z.iso.datetime().nullable().default(null),
  /** When it was said first. */
  at: z.iso.datetime().nullable().default(null),
  line: z.number().int().positive().nullable().default(null),
});

const Body = z.strictObject({
  id: GivenId,
  /** Format of the file: `openvex`, `csaf`, `cyclonedx`, `dependency-track`, `trivyignore` … */
  source: z.string().regex(/^[a-z0-9-]{1,60}$/),
  /** Of the file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** When what has no end of its own ends unless it is confirmed. */
  expires: z.iso.datetime(),
  rows: z.array(Row).min(1).max(5000),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({
  file: z.string().max(1000),
  /** What each row says in words, in the order of the rows. */
  details: z.array(z.string().max(10_000).nullable()).max(5000),
});
type Words = z.infer<typeof Words>;

/** What the ledger keeps. */
type Kept = Omit<Body, 'rows'> & { readonly rows: readonly (Body['rows'][number] & { readonly extent: Extent })[] };

// As long as a decision of the office that ends.
const longestMs = 366 * 86_400_000;

/** Takes over what others decided, as decisions that nobody here stands behind yet: they are shown, end, and do not count until they are confirmed. */
export const importDecisions = actKind<Body, Words>({
  id: 'import-decisions',
  summary: 'Take over decisions of another tool or firm, unconfirmed',
  permission: 'findings:propose',
  body: Body,
  words: Words,
  predicatesOf: (body) => body.rows.map((row) => row.predicate),
  subjectOf: (body) => `import:${body.id}`,
  judge(desk, { body, words, actor, at, extents = [] }) {
    if (words.details.length !== body.rows.length) return invalid('Each row has its words, in the same order.');
    if (new Set(body.rows.map(({ id }) => id)).size !== body.rows.length) return invalid('Two rows have the same id.');
    if (body.rows.some(({ id }) => desk.decisions.byId.has(id))) return invalid('One of these was imported already.');
    if (body.rows.some(({ predicate }) => predicate.advisory === undefined)) return invalid('What is imported names an advisory.');
    const expires = Date.parse(body.expires);
    if (expires <= at || expires > at + longestMs) return invalid('What is imported ends within a year.');
    if (
      !isAllowed(
        actor,
        'findings:propose',
        extents.flatMap((each) => each.teams),
      )
    )
      return notAllowed('It reaches findings of teams for which you may not speak.');
    return null;
  },
  kept: (_desk, { body, extents = [] }) => ({ ...body, rows: body.rows.map((row, index) => ({ ...row, extent: extents[index] })) }),
  fold(desk, act) {
    const { id: batch, source, sha256, expires, rows } = act.body as Kept;
    const words = act.words as Words | null;
    for (const [index, row] of rows.entries()) {
      const { extent } = row;
      const detail = words?.details[index] ?? null;
      const own = row.until === null ? null : Date.parse(row.until);
      desk.decisions.byId.set(row.id, {
        id: row.id,
        seq: act.seq,
        at: act.at,
        author: act.actor,
        verdict: row.verdict,
        predicate: row.predicate,
        // What it says may come before what it is said of.
        coversFuture: true,
        justification: row.justification,
        responses: row.responses,
        until: Math.min(own ?? Date.parse(expires), act.at + longestMs),
        owner: null,
        extent,
        covered: new Set(extent.components),
        words: detail === null ? null : { reason: detail, control: null },
        imported: `import:${source}`,
        unconfirmed: true,
        approval: { state: 'waiting' },
        supersedes: null,
        supersededBy: null,
        withdrawnAt: null,
      });
      desk.imports.set(row.id, {
        batch,
        source,
        file: words?.file ?? null,
        sha256,
        line: row.line,
        saidAt: row.at === null ? null : Date.parse(row.at),
        hasOwnEnd: own !== null,
      });
    }
  },
});
