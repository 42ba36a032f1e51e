import os from 'node:os';
import type { Command } from 'commander';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { rawOfReceipt } from '#operations/raw-of-receipt.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';

/** `raw`: the bytes that a receipt kept. */
export function addRaw(program: Command): void {
  withOffice(program.command('raw'))
    .description('write the bytes of a file as a receipt kept them to stdout, unchanged; it is noted who did')
    .argument('<receipt>', 'id of the receipt')
    .argument('<path>')
    .action(async (id: string, path: string, options: OfficeOptions) => {
      await inOffice(options, async ({ context }) => {
        const found = await context.store.receiptByPublicId(id);
        if (found === null) throw new ConfigurationError(`There is no receipt ${id}.`);
        const raw = await rawOfReceipt(context.store, found.receipt, path);
        if (raw.kind !== 'kept') {
          const why = raw.kind === 'gone' ? 'were read, and are not kept' : 'were not read';
          throw new ConfigurationError(`The bytes of ${JSON.stringify(path)} ${why} in this receipt.`);
        }
        await context.store.write((tx) => tx.noteRawAccess({ at: context.clock(), who: os.userInfo().username, door: 'cli', receipt: id, path }));
        process.stdout.write(raw.bytes);
      });
    });
}
