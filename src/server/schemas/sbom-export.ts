import { z } from 'zod';
import { sbomForms } from '#model/sbom-form.ts';
import { AsOf } from './list.ts';

/** In which form an SBOM is wanted, of which day, and whether what was decided about vulnerabilities is in it. */
export const SbomExportQuery = z.strictObject({
  format: z.enum(sbomForms).default('cyclonedx-1.6-json'),
  /** `inside` puts decisions that the asker may see into it; CycloneDX only, and of now only. */
  vex: z.enum(['inside', 'none']).default('none'),
  asOf: AsOf,
});
export type SbomExportQuery = z.infer<typeof SbomExportQuery>;

/** The same of one component. */
export const ComponentSbomQuery = SbomExportQuery.extend({
  /** One of what it delivers; absent: all. */
  artifact: z.string().min(1).max(100).optional(),
  /** One of its SBOMs by slot or place, such as that of a release; absent: all that shows what is in it. */
  slot: z.string().min(1).max(4096).optional(),
});
export type ComponentSbomQuery = z.infer<typeof ComponentSbomQuery>;
