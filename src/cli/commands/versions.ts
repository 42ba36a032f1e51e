import type { Command } from 'commander';
import { compareLine } from '#language/compare-line.ts';
import { readRange } from '#language/in-range.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { versScheme } from '#language/vers.ts';
import type { VersionScheme } from '#language/version-scheme.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { inputLines } from '../terminal.ts';

/** `versions compare` and `versions in`: the order and ranges of an ecosystem, line by line. */
export function addVersions(program: Command): void {
  const versions = program.command('versions').description('order and ranges of versions');
  versions
    .command('compare')
    .description('reads lines A<TAB>B on stdin, prints -1, 0, 1 or "error: …" for each')
    .argument('<ecosystem>')
    .action(async (ecosystem: string) => {
      const scheme = schemeFor(ecosystem);
      for await (const line of inputLines()) process.stdout.write(`${compareLine(scheme, line)}\n`);
    });
  versions
    .command('in')
    .description('reads versions on stdin, prints true or false for each; the range is native, vers: or OSV events as JSON')
    .argument('<ecosystem>')
    .argument('<range>')
    .action(async (ecosystem: string, range: string) => {
      const read = readRange(schemeFor(ecosystem), range);
      if (!read.ok) throw new ConfigurationError(read.error);
      for await (const line of inputLines()) process.stdout.write(`${String(read.range.contains(line))}\n`);
    });
}

/** By ecosystem, or by the type `vers:` knows the scheme under: some, as Gentoo's, have no ecosystem of OSV. */
function schemeFor(ecosystem: string): VersionScheme {
  const scheme = schemeOf(ecosystem) ?? versScheme(ecosystem);
  if (scheme === null)
    throw new ConfigurationError(
      `This build knows no version order for ${ecosystem}. Ecosystems are spelled as OSV does: npm, PyPI, Maven, Go, crates.io, RubyGems, NuGet, Packagist, Debian:12, Alpine:v3.20; or as vers: does: deb, rpm, apk.`,
    );
  return scheme;
}
