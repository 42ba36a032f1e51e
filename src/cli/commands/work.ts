import type { Command } from 'commander';
import { placeOf, withOffice, type OfficeOptions } from '../office-options.ts';
import { say } from '../terminal.ts';

/** `work`: reading, re-scans and scheduled jobs in a process of its own. */
export function addWork(program: Command): void {
  withOffice(program.command('work'))
    .description('read what comes in, re-scan sources and run scheduled jobs; any number of these on one PostgreSQL')
    .action(async (options: OfficeOptions) => {
      const { configuration, place } = placeOf(options);
      // Loaded here, so that other commands do not wait for the worker's modules.
      const [{ newBell }, { workUntilStopped }] = await Promise.all([import('#worker/bell.ts'), import('#worker/work-until-stopped.ts')]);
      const bell = newBell();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, bell.stop);
      await workUntilStopped(
        place,
        configuration,
        bell,
        (message) => {
          if (message.kind === 'failed' || message.kind === 'problem') say(message.message);
        },
        () => {
          say('At work. Ctrl C ends it once what is under way is done.');
        },
      );
    });
}
