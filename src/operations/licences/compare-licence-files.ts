import { canonicalJson } from '#language/canonical-json.ts';
import type { Context } from '../context.ts';
import { foundIn } from './fold-licence-files.ts';
import { licenceList } from './licence-list.ts';

/**
 * Compares every licence file that was compared with another list of licences than that of this build, a component a transaction, and tells the followers.
 * Nothing is read again: readings hold what is compared. Gives how many files were. `step` is called before each component and may throw.
 */
export async function compareLicenceFiles(context: Context, step: () => void = () => undefined): Promise<number> {
  const { store } = context;
  const list = licenceList().name;
  const ids: number[] = [];
  for await (const page of store.loadComponents()) ids.push(...page.map(({ id }) => id));
  let compared = 0;
  for (const id of ids) {
    step();
    if ((await store.licenceFilesOf([id])).every((row) => row.list === list)) continue;
    compared += await store.write(async (tx) => {
      await tx.lockName(`inventory ${String(id)}`);
      const rows = await tx.licenceFilesOf([id]);
      const now = await Promise.all(
        rows.map(async ({ component_id: _, ...row }) => {
          const reading = row.reading === '' || row.list === list ? null : await tx.readingByKey(row.reading);
          const found = reading === null ? row.found : canonicalJson(foundIn(reading, await tx.resultOf(reading)));
          return { ...row, list, found };
        }),
      );
      await tx.putLicenceFiles(id, now);
      await tx.appendChange('licences', { licences: tx.licencesNoted() }, context.clock());
      return rows.filter((row) => row.list !== list).length;
    });
  }
  return compared;
}
