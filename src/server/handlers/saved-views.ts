import type { Context } from '#operations/context.ts';
import type { Asked, Handler, ItemOf, ReplyOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { may, type Principal } from '../principal.ts';
import { Refusal } from '../refusal.ts';
import { wordsNotUnderstood } from '../saved-search.ts';
import type { SavedViewContent } from '../schemas/saved-view.ts';

type Row = NonNullable<Awaited<ReturnType<Context['store']['savedViews']['byId']>>>;

const mostViews = 2000;

/** The views that the asker may see: the office's and their own. */
export const savedViews: Handler<'savedViews'> = async ({ office, principal, query }) => {
  const hasWords = wordsFilter(query.q);
  const rows = (await office.store.savedViews.all()).filter(
    (each) =>
      isSeen(each, principal) &&
      hasWords(each.name) &&
      (query.page === undefined || each.page === query.page) &&
      (query.scope === undefined || each.scope === query.scope),
  );
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (each: Row) => [sort === 'page' ? each.page : sort === 'changed' ? each.changed : each.name.toLowerCase(), each.name, each.id],
    view: (each) => viewOf(each, principal),
    columns,
  });
};

/** One view. */
export const savedView: Handler<'savedView'> = async (asked) => viewOf(await found(asked), asked.principal);

/** Names a list. */
export const addSavedView: Handler<'addSavedView'> = async (asked) => {
  const { office, principal, request, body } = asked;
  refuseUnlessGood(body, principal);
  const id = await office.once(principal, request, async (made) => {
    if ((await office.store.savedViews.byId(made)) !== null) return made;
    const now = office.clock();
    const row = { id: made, ...body, author: principal.subject, created: now, changed: now, version: 1 };
    if (!(await office.store.savedViews.add(row, mostViews)))
      throw new Refusal(409, `There are ${String(mostViews)} saved views. Delete some that nobody needs.`);
    return made;
  });
  const row = await office.store.savedViews.byId(id);
  if (row === null) throw new Refusal(409, 'A view was made under this Idempotency-Key and deleted since. Send another key.');
  return viewOf(row, principal);
};

/** Replaces what a view says. */
export const replaceSavedView: Handler<'replaceSavedView'> = async (asked) => {
  const { office, principal, body } = asked;
  const before = await found(asked);
  refuseUnlessGood(body, principal);
  const version = versionAsked(asked, before);
  const { id } = before;
  if (!(await office.store.savedViews.replace({ id, ...body, changed: office.clock(), version }))) throw changedMeanwhile();
  return viewOf(await found(asked), principal);
};

/** Deletes a view. */
export const deleteSavedView: Handler<'deleteSavedView'> = async (asked) => {
  const before = await found(asked);
  const version = versionAsked(asked, before);
  if (!(await asked.office.store.savedViews.delete(before.id, version))) throw changedMeanwhile();
  return null;
};

/** Somebody else's own view does not exist for the one who asks. */
function isSeen(row: Row, principal: Principal): boolean {
  return row.scope === 'office' || row.author === principal.subject;
}

async function found({ office, principal, params }: Asked<'savedView' | 'replaceSavedView' | 'deleteSavedView'>): Promise<Row> {
  const row = await office.store.savedViews.byId(params.id);
  if (row === null || !isSeen(row, principal)) throw new Refusal(404, 'There is no saved view with this id.');
  return row;
}

/** The version that the asker has seen. Also refuses to change what belongs to the office without the permission for it. */
function versionAsked({ principal, request }: Asked<'replaceSavedView' | 'deleteSavedView'>, row: Row): number {
  refuseUnlessMayShare(row.scope, principal);
  const asked = request.headers['if-match'];
  if (asked === undefined) throw new Refusal(428, 'Send the `etag` of the view as If-Match, so that nobody loses a change they have not seen.');
  if (asked.trim() !== etagOf(row)) throw changedMeanwhile();
  return row.version;
}

function refuseUnlessGood(content: SavedViewContent, principal: Principal): void {
  refuseUnlessMayShare(content.scope, principal);
  const bad = wordsNotUnderstood(content.page, content.search);
  if (bad.length > 0) throw new Refusal(400, `The page ${content.page} does not understand, or a view may not keep: ${bad.join(', ')}.`);
}

function refuseUnlessMayShare(scope: Row['scope'], principal: Principal): void {
  if (scope === 'office' && !may(principal, 'views:share')) throw new Refusal(403, 'A view for the whole office needs the permission views:share.');
}

function changedMeanwhile(): Refusal {
  return new Refusal(412, 'Somebody changed this view meanwhile. Look at it again.');
}

function etagOf({ version }: Row): string {
  return `"${String(version)}"`;
}

function viewOf(row: Row, principal: Principal): ReplyOf<'savedView'> {
  const { id, name, scope, page, search, author, created, changed } = row;
  return {
    id,
    name,
    scope,
    page,
    search,
    isMine: author === principal.subject,
    created: new Date(created).toISOString(),
    changed: new Date(changed).toISOString(),
    notUnderstood: wordsNotUnderstood(page, search),
    etag: etagOf(row),
  };
}

const columns: readonly CsvColumn<ItemOf<'savedViews'>>[] = [
  ['id', (each) => each.id],
  ['name', (each) => each.name],
  ['scope', (each) => each.scope],
  ['page', (each) => each.page],
  ['search', (each) => each.search],
  ['changed', (each) => each.changed],
];
