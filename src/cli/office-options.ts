import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { readConfiguration, type Configuration } from '#operations/configuration.ts';
import { openOffice, type Office, type OfficePlace } from '#operations/open-office.ts';

/** Flags that say which office is meant. */
export type OfficeOptions = { readonly data?: string; readonly estate?: string; readonly json?: boolean };

/** Adds `--data`, `--estate` and `--json` to a command. */
export function withOffice(command: Command): Command {
  return command
    .option('--data <dir>', 'data folder (default: .guildhall, or dataDir of the configuration)')
    .option('--estate <file>', 'configuration file, guildhall.yaml')
    .option('--json', 'one JSON document on stdout');
}

/** Configuration and place of the office: file, then environment, then flags. */
export function placeOf(options: OfficeOptions): { readonly configuration: Configuration; readonly place: OfficePlace } {
  const configuration = readConfiguration(options.estate ?? null, process.env);
  const dataDir = path.resolve(options.data ?? process.env['GUILDHALL_DATA'] ?? configuration.dataDir ?? '.guildhall');
  const databaseUrl = process.env['DATABASE_URL'] ?? configuration.database ?? null;
  return { configuration, place: { dataDir, databaseUrl: databaseUrl === '' ? null : databaseUrl } };
}

/** Runs with an open office and closes it, whatever happens. */
export async function inOffice<T>(options: OfficeOptions, work: (office: Office, configuration: Configuration) => Promise<T>): Promise<T> {
  const { configuration, place } = placeOf(options);
  const office = await openOffice(place);
  try {
    return await work(office, configuration);
  } finally {
    await office.close();
  }
}

/** Where an office opens unless told otherwise. */
export const defaultPort = 7310;

/** The port that an argument names; 0 is any free one. Throws commander's own error when it is none. */
export function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
