import type { Command } from 'commander';
import { addSbomDiff } from './sbom-diff.ts';
import { addSbomExport } from './sbom-export.ts';
import { addSbomQuality } from './sbom-quality.ts';

/** `sbom`: what is asked of SBOMs themselves. */
export function addSbom(program: Command): void {
  const sbom = program.command('sbom').description('SBOMs of what is here, how good they are, and what differs between two');
  addSbomExport(sbom);
  addSbomQuality(sbom);
  addSbomDiff(sbom);
}
