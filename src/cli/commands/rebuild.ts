import type { Command } from 'commander';
import { rebuild } from '#operations/rebuild.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { clearProgress, print, printJson, progress } from '../terminal.ts';

/** `rebuild`: folds everything anew from what is permanent. */
export function addRebuild(program: Command): void {
  withOffice(program.command('rebuild'))
    .description('fold everything anew from receipts and readings; online, and safe to break off')
    .option('--reread', 'first read all kept bytes with the formats of this build')
    .action(async (options: OfficeOptions & { readonly reread?: boolean }) => {
      await inOffice(options, async ({ context }) => {
        const done = await rebuild(context, { reread: options.reread === true }, (at) => progress(`${String(at.feeds)} feed receipts, ${String(at.receipts)} receipts, ${String(at.components)} components`));
        clearProgress();
        if (options.json === true) printJson(done);
        else print(`${String(done.feeds)} feed receipts and ${String(done.receipts)} receipts folded into ${String(done.components)} components${options.reread === true ? `, ${String(done.newReadings)} new readings` : ''}`);
      });
    });
}
