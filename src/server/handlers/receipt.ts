import { componentByRef, isVisibleOrigin, visiblePaths } from '#estate/questions/listed.ts';
import { isOpenFeed } from '#operations/fold-feed.ts';
import { standingsOfReceipt } from '#operations/sbom/sbom-standings.ts';
import { problemView, receiptView } from '#operations/receipt-view.ts';
import type { Context } from '#operations/context.ts';
import type { Asked, Handler } from '../asked.ts';
import { may } from '../principal.ts';
import { Refusal } from '../refusal.ts';

type ReceiptOutcome = NonNullable<Awaited<ReturnType<Context['store']['receiptByPublicId']>>>;

const pathsShown = 1000;

/** One observation of one source with what was looked at. */
export const receipt: Handler<'receipt'> = async (asked) => {
  const { office, estate, visibility, principal } = asked;
  const found = await receiptSeen(asked);
  const isSeen = visiblePaths(estate, visibility, found.receipt.origin);
  const tree = (await office.store.treeOf(found.receipt)).filter((entry) => isSeen(entry.path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  // What was met in reading repeats what was met in receiving.
  const problems = (found.problems.length > 0 ? found.problems : found.receipt.problems).filter((each) => isSeen(each.path ?? null));
  const sboms = (await standingsOfReceipt(office.store, found.receipt.publicId)).filter(
    (each) => componentByRef(estate, visibility, each.component) !== null,
  );
  return {
    ...receiptView(found.receipt),
    tree: tree.slice(0, pathsShown).map((entry) => ({ path: entry.path, state: entry.state, hash: entry.state === 'read' ? entry.hash : null })),
    paths: tree.length,
    problems: problems.map(problemView),
    sboms: sboms.map(({ component, path, scores, signature }) => ({ component, path, score: scores?.all ?? null, signature })),
    mayReadRaw: may(principal, 'raw:read'),
  };
};

/** A receipt that the asker may see. */
export async function receiptSeen({ office, estate, visibility, params }: Asked<'receipt' | 'receiptRaw'>): Promise<ReceiptOutcome> {
  const found = await office.store.receiptByPublicId(params.id);
  const isOfFeed = found !== null && isOpenFeed(found.receipt);
  if (found === null || !isVisibleOrigin(estate, visibility, found.receipt.origin, isOfFeed))
    throw new Refusal(404, 'There is no receipt with this id.');
  return found;
}
