import type { Source } from '#server/schemas/source.ts';
import type { GlyphKind } from './glyph.tsx';

/** The sign of each state of a source. */
export const sourceGlyphs: Readonly<Record<Source['state'], GlyphKind>> = { fresh: 'ok', watch: 'watch', failing: 'failing', never: 'unknown' };

/** States of a source as words for people. */
export const sourceWords: Readonly<Record<Source['state'], string>> = { fresh: 'Fresh', watch: 'Watch', failing: 'Failing', never: 'No data' };

/** Whether its last success lies too far back; one that answers with problems is on watch and not late. */
export function isLate(source: Pick<Source, 'state' | 'problems'>): boolean {
  return source.state === 'failing' || (source.state === 'watch' && source.problems === 0);
}
