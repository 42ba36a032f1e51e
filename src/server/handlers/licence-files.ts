import { componentByRef } from '#estate/questions/listed.ts';
import { licenceFileRoles } from '#model/licence-file.ts';
import { filesOfComponent, isKnown, withCopyright, type LicenceFileView } from '#operations/licences/licence-file-view.ts';
import type { Handler, ItemOf, ReplyOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';

/** Files with licences in the tree of a component: its own first. */
export const componentLicenceFiles: Handler<'componentLicenceFiles'> = async ({ office, estate, visibility, params, query }) => {
  const slot = componentByRef(estate, visibility, params.ref);
  const holder = slot === null ? undefined : estate.components[slot];
  if (holder === undefined) throw new Refusal(404, 'There is no component with this ref.');
  const all = await filesOfComponent(office.store, estate, holder.id);
  const hasWords = wordsFilter(query.q);
  const rows = all.filter(
    (row) =>
      (query.role === undefined || row.role === query.role) &&
      (query.known === undefined || isKnown(row) === (query.known === 'yes')) &&
      (query.q === undefined || hasWords(row.path)),
  );
  const countOf = (role: string): number => all.filter((row) => row.role === role).length;
  return listing({
    rows,
    keyOf: (row: LicenceFileView) => (query.sort.endsWith('path') ? [row.path] : [licenceFileRoles.indexOf(row.role), row.path]),
    view: async (row): Promise<ItemOf<'componentLicenceFiles'>> => withCopyright(office.store, row),
    columns,
    extra: (): Omit<ReplyOf<'componentLicenceFiles'>, 'items' | 'next' | 'total'> => ({
      counts: { own: countOf('own'), package: countOf('package'), part: countOf('part'), text: countOf('text') },
      list: all[0]?.list ?? null,
    }),
  });
};

const columns: readonly CsvColumn<ItemOf<'componentLicenceFiles'>>[] = [
  ['path', (each) => each.path],
  ['role', (each) => each.role],
  ['package', (each) => (each.package === null ? null : `${each.package.purl}@${each.package.version}`)],
  ['licence', (each) => each.said.join(' AND ')],
  ['known', (each) => (each.isRead && !each.isMore && each.said.length > 0 ? 'yes' : 'no')],
  ['likeness', (each) => each.texts[0]?.likeness ?? each.nearest?.likeness ?? null],
  ['copyright', (each) => (each.copyright ?? []).join('\n')],
];
