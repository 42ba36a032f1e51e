import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import { seesAll } from '#model/visibility.ts';
import { componentNamed } from '#operations/component-named.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { estateAsOf } from '#operations/estate-as-of.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { estateSbom, type SbomScope } from '#operations/sbom/estate-sbom.ts';
import { inChunks } from '#operations/sbom/in-chunks.ts';
import { sbomWriters } from '#operations/sbom/sbom-forms.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { printJson, say } from '../terminal.ts';

type ExportOptions = OfficeOptions & {
  readonly format: string;
  readonly artifact?: string;
  readonly slot?: string;
  readonly system?: boolean;
  readonly team?: boolean;
  readonly vex: 'inside' | 'none';
  readonly asOf?: string;
  readonly out?: string;
};

const dayMs = 86_400_000;

/** `sbom export`: what the office knows of something as an SBOM. */
export function addSbomExport(sbom: Command): void {
  withOffice(sbom.command('export'))
    .description('what the office knows of a component, an artifact, a system or a team, as an SBOM')
    .argument('<name>', 'ref or name of a component; with --system or --team the name of that')
    .addOption(
      new Option('--format <format>', 'form and version of the standard').choices(sbomWriters.map(({ id }) => id)).default('cyclonedx-1.6-json'),
    )
    .addOption(new Option('--artifact <name>', 'only what is in this artifact of the component'))
    .addOption(new Option('--slot <name>', 'only what the SBOM in this slot of the component shows, such as that of a release'))
    .addOption(new Option('--system', 'all components of the system of this name').conflicts(['artifact', 'slot', 'team']))
    .addOption(new Option('--team', 'all components that the team of this name owns').conflicts(['artifact', 'slot']))
    .addOption(new Option('--vex <where>', 'what was decided about vulnerabilities; CycloneDX only').choices(['inside', 'none']).default('none'))
    .option('--as-of <date>', 'state at the end of that UTC day (default: now)')
    .option('--out <file>', 'write it to this file (default: stdout)')
    .action(runExport);
}

async function runExport(name: string, options: ExportOptions): Promise<void> {
  const writer = sbomWriters.find(({ id }) => id === options.format);
  if (writer === undefined) throw new ConfigurationError(`--format is one of ${sbomWriters.map(({ id }) => id).join(', ')}.`);
  if (options.vex === 'inside' && !writer.id.startsWith('cyclonedx'))
    throw new ConfigurationError('Only CycloneDX has a place for decisions: guildhall vex export writes them beside it, as OpenVEX or CSAF.');
  await inOffice(options, async ({ context }, { name: office }) => {
    const now = context.clock();
    const day = pastDay(options.asOf, now);
    if (day !== null && options.vex === 'inside') throw new ConfigurationError('Decisions are known of now only: leave --vex or --as-of away.');
    const estate = day === null ? await loadEstate(context.store) : await estateAsOf(context.store, day);
    const desk = await openLiveDesk().catchUp(context.store);
    const { artifact = null, slot: sbom = null } = options;
    const scope: SbomScope =
      options.system === true
        ? { kind: 'system', system: name }
        : options.team === true
          ? { kind: 'team', team: name }
          : { kind: 'component', slot: componentNamed(estate, seesAll, name), artifact, sbom };
    const wanted = { scope, office, visibility: seesAll, findings: seesAll, withVex: options.vex === 'inside', now, day };
    const made = await estateSbom({ context, estate, desk }, wanted);
    if ('missing' in made) throw new ConfigurationError(made.missing);
    const chunks = Readable.from(inChunks(writer.write(made)), { objectMode: false });
    if (options.out === undefined) await pipeline(chunks, process.stdout, { end: false });
    else {
      await pipeline(chunks, createWriteStream(options.out));
      const { components, completeness } = made.document;
      if (options.json === true) printJson({ file: options.out, format: writer.id, components: components.length, completeness });
      else say(`${writer.title}: ${String(components.length)} components, ${completeness}, in ${options.out}`);
    }
  });
}

function pastDay(text: string | undefined, now: number): number | null {
  if (text === undefined) return null;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw new ConfigurationError('--as-of is a day, such as 2026-11-28.');
  return at / dayMs < Math.floor(now / dayMs) ? at / dayMs : null;
}
