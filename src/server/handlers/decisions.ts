import { componentByRef } from '#estate/questions/listed.ts';
import { decide, endDecision, extentBefore, heldInWords, type Decided, type FirstKind } from '#operations/decide.ts';
import { decisionView, type DecisionView } from '#operations/decision-view.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { wordsFilter, yesNo } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
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
  const [standing] = await office.store.decisions({ kinds: ['retire'], subjects: [ref, origin], standing: true });
  if (standing === undefined) throw new Refusal(409, 'The component is not retired.');
  return answered(asked, await endDecision(office.context, standing.id, deciderOf(asked)));
};

/** Lets in again what was deleted or erased. */
export const readmit: Handler<'readmit'> = async (asked) => {
  const [row] = await asked.office.store.decisions({ ids: [asked.params.id] });
  if (row === undefined || (row.kind !== 'delete' && row.kind !== 'erase')) throw new Refusal(404, 'There is no deletion or erasure with this id.');
  return answered(asked, await endDecision(asked.office.context, row.id, deciderOf(asked)));
};

/** What was decided. */
export const decisions: Handler<'decisions'> = async ({ office, visibility, query }) => {
  // Decisions name components of every team: who sees only some is shown none until they can be told apart.
  const all = visibility.kind === 'all' ? await office.store.decisions({}) : [];
  const standing = new Set((await office.store.decisions({ standing: true })).map((each) => each.id));
  const hasWords = wordsFilter(query.q);
  const rows = all
    .map(decisionView)
    .filter(
      (each) =>
        hasWords(`${each.subject} ${each.reason} ${each.author}`) &&
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
  const id = await office.once(principal, request, async () => {
    const made = await decide(office.context, kind, { about: 'component', subject }, deciderOf(asked));
    return answered(asked, made).id;
  });
  const [row] = await office.store.decisions({ ids: [id] });
  if (row === undefined) throw new Error('A decision just recorded is not there. Run guildhall doctor.');
  return decisionView(row);
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

/** By name, since a pseudonym would mean nothing in years; all who come by a login link are one. */
function deciderOf({ principal, body }: Deciding): { readonly author: string; readonly authority: string; readonly reason: string } {
  return { author: `${principal.name} (${principal.subject})`, authority: body.authority, reason: body.reason };
}

/** What was recorded; whoever carries it out is told. */
function answered({ office }: Pick<Deciding, 'office'>, made: Decided): DecisionView {
  if (!made.ok) throw new Refusal(409, made.refusal);
  office.wake();
  return decisionView(made.decision);
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
