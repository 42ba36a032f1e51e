import type { Command } from 'commander';
import { doctor } from '#operations/doctor.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson } from '../terminal.ts';

/** `doctor`: what is wrong with this office and what to do about it. */
export function addDoctor(program: Command): void {
  withOffice(program.command('doctor'))
    .description('check everything this office leans on')
    .action(async (options: OfficeOptions) => {
      await inOffice(options, async ({ context, place }) => {
        const checks = await doctor(context, place);
        if (options.json === true) printJson(checks);
        else for (const each of checks) print(`${each.state.padEnd(7)}  ${each.name}: ${each.message}${each.next === null ? '' : ` ${each.next}`}`);
        process.exitCode = checks.some((each) => each.state === 'failed') ? 1 : 0;
      });
    });
}
