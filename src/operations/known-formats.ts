import { formats } from '#formats/all.ts';
import type { Format } from '#model/format.ts';

/** What a format says of itself: all that the command, the reference and the page of formats show. */
export type DescribedFormat = Pick<Format, 'id' | 'version' | 'title' | 'kind' | 'ecosystems' | 'spec' | 'reads' | 'cannotSee'>;

/** Every file format this build reads, in the order of their ids. */
export const describedFormats: readonly DescribedFormat[] = formats.map(({ id, version, title, kind, ecosystems, spec, reads, cannotSee }) => ({
  ...{ id, version, title, kind, ecosystems, spec, reads, cannotSee },
}));
