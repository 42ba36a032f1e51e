import type { Block, Piece } from './rich-text.ts';

/**
 * Text as GitHub's Markdown. Text of others stands in code spans, in which nothing is a link, a mention, a reference or HTML
 * (https://github.github.com/gfm/#code-spans).
 */
export function inMarkdown(blocks: readonly Block[]): string {
  return blocks
    .map((block) => (block.kind === 'paragraph' ? lineOf(block.line) : block.items.map((item) => `- ${lineOf(item)}`).join('\n')))
    .join('\n\n');
}

function lineOf(pieces: readonly Piece[]): string {
  return pieces.map(pieceOf).join('');
}

function pieceOf(piece: Piece): string {
  switch (piece.kind) {
    case 'words':
      return piece.text;
    case 'quoted':
      return codeSpan(piece.text);
    case 'link':
      return `[${piece.text}](<${piece.url.replace(/[<>\s]/g, encodeURIComponent)}>)`;
    default:
      return piece satisfies never;
  }
}

/** A code span that ends where the text ends: its fence is longer than any run of backticks inside. */
function codeSpan(text: string): string {
  if (text === '') return '';
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  // A space on each side is taken off again by readers of Markdown.
  return `${fence} ${text} ${fence}`;
}
