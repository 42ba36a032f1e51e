import type { Command } from 'commander';
import { addSbomDiff } from './sbom-diff.ts';
import { addSbomQuality } from './sbom-quality.ts';

/** `sbom`: what is asked of SBOMs themselves. */
export function addSbom(program: Command): void {
  const sbom = program.command('sbom').description('how good SBOMs are, and what differs between two');
  addSbomQuality(sbom);
  addSbomDiff(sbom);
}
