import { CommanderError } from 'commander';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { commandLine } from './program.ts';
import { say } from './terminal.ts';

// A reader that stops reading (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));

try {
  await (await commandLine(process.argv[2] ?? null)).parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** 0 done, 2 wrong use or bad configuration, 3 the store or a source is unreachable; 1 is set by the commands themselves. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  say(`guildhall: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env['GUILDHALL_DEBUG'] !== undefined && error instanceof Error) say(error.stack ?? '');
  return error instanceof ConfigurationError ? 2 : 3;
}
