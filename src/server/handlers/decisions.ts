import { componentByRef } from '#estate/questions/listed.ts';
import { decide, endDecision, extentBefore, type Decided, type DecidingAs, type FirstKind } from '#operations/decide.ts';
import { decisionView, type DecisionView } from '#operations/decision-view.ts';
import { keptDecisions, type KeptRow } from '#operations/kept-decisions.ts';
import { keptExtents } from '#operations/kept-extents.ts';
import { heldInWords } from '#operations/kept-thing.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { wordsFilter, yesNo } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { visibilityOf } from '../principal.ts';
import { Refusal } from '../refusal.ts';

/** What deciding about a component would touch. */
export const componentExtent: Handler<'componentExtent'> = async (asked) => {
  const found = await extentBefore(asked.office.store, { about: 'component', subject: refOf(asked) }, asked.query.kind);
  if (found === null) throw notThere();
  return { extent: found.extent, held: found.hold === null ? null : heldInWords(found.hold) };
};

/** Retires a component. */
export const retireComponent: Handler<'retireComponent'> = (asked) => decideOn('retire', asked);

/** Deletes a component. */
export const deleteComponent: Handler<'deleteComponent'> = (asked) => decideOn('delete', asked);

/** Erases a component. */
export const eraseComponent: Handler<'eraseComponent'> = (asked) => decideOn('erase', asked);

/** Brings a retired component back. Where its whole source was retired, that is what is ended. */
export const returnComponent: Handler<'returnComponent'> = async (asked) => {
  const { office, estate } = asked;
  const ref = refOf(asked);
  const origin = estate.components.find((each) => each.ref === ref)?.origin ?? '';
  const [standing] = await keptDecisions(office.store, { kinds: ['retire'], subjects: [ref, origin], standing: true });
  if (standing === undefined) throw new Refusal(409, 'The component is not retired.');
  return answered(asked, await endDecision(office.context, standing.id, deciderOf(asked), decidingAs(asked, office.context.randomId())));
};

/** Lets in again what was deleted or erased. */
export const readmit: Handler<'readmit'> = async (asked) => {
  const [row] = await keptDecisions(asked.office.store, { ids: [asked.params.id] });
  if (row === undefined || (row.kind !== 'delete' && row.kind !== 'erase')) throw new Refusal(404, 'There is no deletion or erasure with this id.');
  const as = decidingAs(asked, asked.office.context.randomId());
  return answered(asked, await endDecision(asked.office.context, row.id, deciderOf(asked), as));
};

/** What was decided. */
export const decisions: Handler<'decisions'> = async ({ office, visibility, query }) => {
  // Decisions name components of every team: who sees only some is shown none until they can be told apart.
  const all = visibility.kind === 'all' ? await keptDecisions(office.store, {}) : [];
  const standing = new Set((await keptDecisions(office.store, { standing: true })).map((each) => each.id));
  const hasWords = wordsFilter(query.q);
  const extents = await keptExtents(office.store);
  const rows = all
    .map((each) => decisionView(each, extents, office.desk.desk.people))
    .filter(
      (each) =>
        hasWords(`${each.subject} ${each.reason ?? ''} ${each.author}`) &&
        (query.kind === undefined || each.kind === query.kind) &&
        (query.subject === undefined || each.subject === query.subject) &&
        yesNo(query.standing, standing.has(each.id)),
    );
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (each: DecisionView) => [sort === 'kind' ? each.kind : sort === 'subject' ? each.subject : each.at, each.id],
    view: (each) => each,
    columns,
  });
};

type Deciding = Asked<'retireComponent' | 'returnComponent' | 'deleteComponent' | 'eraseComponent' | 'readmit'>;

async function decideOn(kind: FirstKind, asked: Asked<'retireComponent' | 'deleteComponent' | 'eraseComponent'>): Promise<DecisionView> {
  const { office, principal, request } = asked;
  const subject = refOf(asked);
  const id = await office.once(principal, request, async (made) => {
    const decided = await decide(office.context, kind, { about: 'component', subject }, deciderOf(asked), decidingAs(asked, made));
    return (await answered(asked, decided)).id;
  });
  const [row] = await keptDecisions(office.store, { ids: [id] });
  if (row === undefined) throw new Error('A decision just recorded is not there. Run guildhall doctor.');
  return viewOf(asked, row);
}

/** The first ref of a component that the asker may see. */
function refOf({
  estate,
  visibility,
  params,
}: Asked<'componentExtent' | 'retireComponent' | 'returnComponent' | 'deleteComponent' | 'eraseComponent'>): string {
  const slot = componentByRef(estate, visibility, params.ref);
  const component = slot === null ? undefined : estate.components[slot];
  if (component === undefined) throw notThere();
  return component.ref;
}

function deciderOf({ principal, body }: Deciding): { readonly author: string; readonly authority: string; readonly reason: string } {
  return { author: principal.name, authority: body.authority, reason: body.reason };
}

function decidingAs({ office, estate, principal }: Deciding, id: string): DecidingAs {
  return { actor: principal.actor, live: office.desk, estate, visibility: visibilityOf(principal, 'estate'), id };
}

/** What was recorded; whoever carries it out is told. */
async function answered(asked: Deciding, made: Decided): Promise<DecisionView> {
  if (!made.ok) throw new Refusal(409, made.refusal);
  asked.office.wake();
  return viewOf(asked, made.decision);
}

async function viewOf({ office }: Pick<Deciding, 'office'>, row: KeptRow): Promise<DecisionView> {
  return decisionView(row, await keptExtents(office.store), office.desk.desk.people);
}

function notThere(): Refusal {
  return new Refusal(404, 'There is no component with this ref.');
}

const columns: readonly CsvColumn<ItemOf<'decisions'>>[] = [
  ['id', (each) => each.id],
  ['at', (each) => each.at],
  ['decision', (each) => each.kind],
  ['about', (each) => each.about],
  ['subject', (each) => each.subject],
  ['author', (each) => each.author],
  ['authority', (each) => each.authority],
  ['reason', (each) => each.reason],
  ['ends', (each) => each.supersedes],
  ['done at', (each) => each.doneAt],
];
