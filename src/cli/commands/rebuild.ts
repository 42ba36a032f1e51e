import type { Command } from 'commander';
import { canonicalEstate } from '#operations/canonical-estate.ts';
import { rebuild } from '#operations/rebuild.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { clearProgress, print, printJson, progress } from '../terminal.ts';

/** `rebuild`: folds everything anew from what is permanent. */
export function addRebuild(program: Command): void {
  withOffice(program.command('rebuild'))
    .description('fold everything anew from receipts and readings; online, and safe to break off')
    .option('--reread', 'first read all kept bytes with the formats of this build')
    .option('--compare', 'say how the estate differs from what was folded before; exit code 1 when it does')
    .action(async (options: OfficeOptions & { readonly reread?: boolean; readonly compare?: boolean }) => {
      await inOffice(options, async ({ context }) => {
        const before = options.compare === true ? await canonicalEstate(context.store) : null;
        const done = await rebuild(context, { reread: options.reread === true }, (at) =>
          progress(`${String(at.feeds)} feed receipts, ${String(at.receipts)} receipts, ${String(at.components)} components`),
        );
        clearProgress();
        const differing = before === null ? null : differences(before, await canonicalEstate(context.store));
        if (differing !== null && differing.length > 0) process.exitCode = 1;
        if (options.json === true) printJson(differing === null ? done : { ...done, differences: differing });
        else {
          print(
            `${String(done.feeds)} feed receipts and ${String(done.receipts)} receipts folded into ${String(done.components)} components${options.reread === true ? `, ${String(done.newReadings)} new readings` : ''}`,
          );
          if (differing !== null) print(differing.length === 0 ? 'The estate is the same as before.' : `${String(differing.length)} lines differ:`);
          for (const each of differing?.slice(0, 50) ?? []) print(each);
        }
      });
    });
}

/** Lines only before (`-`) and only after (`+`), in order. */
function differences(before: readonly string[], after: readonly string[]): readonly string[] {
  const [had, has] = [new Set(before), new Set(after)];
  return [
    ...before.filter((each) => !has.has(each)).map((each) => `- ${each}`),
    ...after.filter((each) => !had.has(each)).map((each) => `+ ${each}`),
  ];
}
