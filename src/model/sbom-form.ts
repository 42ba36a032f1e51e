/** Every form in which SBOMs are written, by id: the standard, its version and its notation. */
export const sbomForms = [
  'cyclonedx-1.6-json',
  'cyclonedx-1.6-xml',
  'cyclonedx-1.7-json',
  'cyclonedx-1.7-xml',
  'spdx-2.3-json',
  'spdx-2.3-tag-value',
  'spdx-3.0.1-json',
] as const;
export type SbomForm = (typeof sbomForms)[number];
