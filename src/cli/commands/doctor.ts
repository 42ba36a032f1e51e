import type { Command } from 'commander';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { configurationFault, doctor } from '#operations/doctor.ts';
import { defaultPort, placeOf, portOf, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson } from '../terminal.ts';

type DoctorOptions = OfficeOptions & { readonly port: number };

/** `doctor`: what is wrong with this office and what to do about it. */
export function addDoctor(program: Command): void {
  withOffice(program.command('doctor'))
    .description('check everything this office leans on, and say what to do; it changes nothing')
    .option('--port <n>', 'the port the office is to have', portOf, defaultPort)
    .action(async (options: DoctorOptions) => {
      const checks = await checksOf(options);
      if (options.json === true) printJson(checks);
      else for (const { state, name, message, next } of checks) print(`${state.padEnd(7)}  ${name}: ${message}${next === null ? '' : ` ${next}`}`);
      process.exitCode = Math.max(...checks.map((each) => each.exitCode));
    });
}

async function checksOf(options: DoctorOptions): ReturnType<typeof doctor> {
  let settings: ReturnType<typeof placeOf>;
  try {
    settings = placeOf(options);
  } catch (error) {
    if (error instanceof ConfigurationError) return [configurationFault(error.message)];
    throw error;
  }
  const { port, estate } = options;
  return await doctor({ ...settings, file: estate ?? null, port, environment: process.env, clock: Date.now });
}
