/** A piece of a line: words of ours, text of others, or a link to a page of the office. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

/** Text for another system, before it is written in that system's markup. */
export type Block =
  { readonly kind: 'paragraph'; readonly line: readonly Piece[] } | { readonly kind: 'list'; readonly items: readonly (readonly Piece[])[] };

/** Words of ours, in which nothing of others may stand. */
export function words(text: string): Piece {
  return { kind: 'words', text };
}

/** Text of others: it is shown as it is and can neither link, call anybody nor mark anything up. */
export function quoted(text: string): Piece {
  return { kind: 'quoted', text };
}
