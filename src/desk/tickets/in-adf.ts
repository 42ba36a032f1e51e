import type { Block, Piece } from './rich-text.ts';

/** Text as a document of Jira Cloud (https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/). A text node is text and nothing else. */
export function inAdf(blocks: readonly Block[]): object {
  return { type: 'doc', version: 1, content: blocks.map(blockOf) };
}

function blockOf(block: Block): object {
  if (block.kind === 'paragraph') return paragraph(block.line);
  return { type: 'bulletList', content: block.items.map((item) => ({ type: 'listItem', content: [paragraph(item)] })) };
}

function paragraph(pieces: readonly Piece[]): object {
  // A text node may not be empty.
  return { type: 'paragraph', content: pieces.filter(({ text }) => text !== '').map(textOf) };
}

function textOf(piece: Piece): object {
  switch (piece.kind) {
    case 'words':
    case 'quoted':
      return { type: 'text', text: piece.text };
    case 'link':
      return { type: 'text', text: piece.text, marks: [{ type: 'link', attrs: { href: piece.url } }] };
    default:
      return piece satisfies never;
  }
}
