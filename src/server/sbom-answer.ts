import { hash } from 'node:crypto';
import type { Estate } from '#estate/estate.ts';
import type { Visibility } from '#model/visibility.ts';
import { estateSbom, type SbomScope } from '#operations/sbom/estate-sbom.ts';
import { inChunks } from '#operations/sbom/in-chunks.ts';
import { sbomHash, sbomWriters } from '#operations/sbom/sbom-forms.ts';
import type { StreamedAnswer } from './asked.ts';
import type { ServedOffice } from './office.ts';
import { Refusal } from './refusal.ts';
import { pastDayOf } from './views/past-day.ts';

/** Which SBOM is asked for, and for whose eyes. */
export type SbomAsked = {
  readonly scope: SbomScope;
  readonly visibility: Visibility;
  readonly findings: Visibility;
  readonly format: string;
  readonly vex: 'inside' | 'none';
  readonly asOf?: string | undefined;
};

/** An SBOM as it is streamed. Its tag says all that is in it and in which form, so that it changes when a fact does, and for nobody who sees the same. */
export async function sbomAnswer(office: ServedOffice, estate: Estate, asked: SbomAsked): Promise<StreamedAnswer> {
  const { scope, visibility, findings, format, vex, asOf } = asked;
  const writer = sbomWriters.find(({ id }) => id === format);
  if (writer === undefined) throw new Refusal(400, `There is no form ${format}. There are ${sbomWriters.map(({ id }) => id).join(', ')}.`);
  const withVex = vex === 'inside';
  const now = office.clock();
  const day = pastDayOf(asOf, now);
  if (withVex && !writer.id.startsWith('cyclonedx')) throw new Refusal(400, 'Only CycloneDX has a place for decisions: ask for VEX beside it.');
  if (withVex && day !== null) throw new Refusal(400, 'Decisions are known of now only: leave vex or asOf away.');
  const given = { context: office.context, estate, desk: office.desk.desk };
  const made = await estateSbom(given, { scope, office: office.name, visibility, findings, withVex, now, day });
  if ('missing' in made) throw new Refusal(404, made.missing);
  return {
    pieces: inChunks(writer.write(made)),
    mediaType: writer.mediaType,
    fileName: `${fileNameOf(made.document.name ?? '')}.${writer.ending}`,
    etag: `"${hash('sha256', `${writer.id} ${sbomHash(made)}`, 'base64url').slice(0, 22)}"`,
  };
}

/** A name that no header, shell or desktop can misread. */
function fileNameOf(name: string): string {
  return (
    name
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 100) || 'sbom'
  );
}
