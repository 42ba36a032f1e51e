import type { LicenceFile } from '#server/schemas/licence-file.ts';
import { Unknown } from './certainty.tsx';
import { percent } from './words.ts';

/** What was found in a licence file: the terms it says, or that they are unknown. */
export function LicenceFound({ file }: { readonly file: LicenceFile }) {
  if (!file.isRead) return <Unknown why="The file could not be read">Unknown</Unknown>;
  return (
    <>
      {file.said.length > 0 && <code>{file.said.join(' AND ')}</code>}
      {file.said.length > 0 && file.isMore && ' and '}
      {file.isMore && <Unknown why="It holds words that belong to no licence of the list">terms that are not recognised</Unknown>}
      {file.said.length === 0 && !file.isMore && <Unknown why="It holds no terms">No terms</Unknown>}
    </>
  );
}

/** How like the text of each licence is, in per cent: 100 is every word; where none is near enough, the nearest. */
export function likenessWords({ said, texts, nearest }: LicenceFile): string {
  if (nearest !== null) return `nearest is ${nearest.ids[0] ?? ''}, ${percent(nearest.likeness)} like`;
  if (texts.length === 0) return said.length === 0 ? 'a notice' : 'by what it says, without a text';
  return texts.map(({ ids, likeness }) => `${texts.length === 1 ? '' : `${ids[0] ?? ''} `}${percent(likeness)} like`).join(', ');
}
