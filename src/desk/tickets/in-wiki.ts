import type { Block, Piece } from './rich-text.ts';

/**
 * Text as the wiki markup of Jira Data Center (https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all). In text of others everything that
 * begins markup, links or mentions is written as a character reference or broken by a character that nobody sees.
 */
export function inWiki(blocks: readonly Block[]): string {
  return blocks
    .map((block) => (block.kind === 'paragraph' ? lineOf(block.line) : block.items.map((item) => `* ${lineOf(item)}`).join('\n')))
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
      return plain(piece.text);
    case 'link':
      return `[${piece.text}|${piece.url.replace(/[[\]|\s]/g, encodeURIComponent)}]`;
    default:
      return piece satisfies never;
  }
}

const breaks = '\u200b';

function plain(text: string): string {
  return text
    .replace(/[&<>{}[\]|!*_^~?#\\+"']/g, (char) => `&#${String(char.charCodeAt(0))};`)
    .replace(/:\/\/|:\\|www\.|mailto:/gi, (start) => `${start.slice(0, 1)}${breaks}${start.slice(1)}`)
    .replaceAll('@', `@${breaks}`)
    .replace(/-{2,}|^-/g, (run) => run.split('').join(breaks));
}
