import { hash } from 'node:crypto';
import { parseExpression, printExpression, termsOf } from '#language/spdx/expression.ts';

/** A licence that is on no list, as SPDX lets documents bring their own. */
export type OwnLicence = { readonly id: string; readonly name: string | null; readonly text: string };

/** Writes licences as expressions, and remembers which of them are on no list. */
export type SpdxLicences = {
  /** One expression for all that is said, null where nothing is: what is said beside each other counts together. */
  readonly expressionOf: (said: readonly string[]) => string | null;
  /** Those that were asked for so far and are on no list, by id. */
  readonly own: () => readonly OwnLicence[];
};

const notKnown = 'The text of this licence is not part of this document.';

/** For one document. */
export function spdxLicences(): SpdxLicences {
  const own = new Map<string, OwnLicence>();
  const known = new Map<string, { readonly text: string; readonly isOr: boolean }>();
  const note = (id: string, name: string | null, text: string): void => {
    if (!own.has(id)) own.set(id, { id, name, text });
  };
  const written = (said: string): { readonly text: string; readonly isOr: boolean } => {
    let done = known.get(said);
    if (done === undefined) known.set(said, (done = asExpression(said, note)));
    return done;
  };
  return {
    expressionOf(said) {
      const parts = [...new Set(said)].map(written);
      const [first] = parts;
      if (first === undefined) return null;
      return parts.length === 1 ? first.text : parts.map(({ text, isOr }) => (isOr ? `(${text})` : text)).join(' AND ');
    },
    own: () => [...own.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function asExpression(
  said: string,
  note: (id: string, name: string | null, text: string) => void,
): { readonly text: string; readonly isOr: boolean } {
  const read = parseExpression(said);
  const terms = read.ok ? termsOf(read.expression) : [];
  if (!read.ok || terms.some(({ id }) => id.startsWith('DocumentRef-'))) {
    const id = ownId(said);
    note(id, said, said);
    return { text: id, isOr: false };
  }
  for (const { id } of terms) if (id.startsWith('LicenseRef-')) note(id, null, notKnown);
  const isAsListed = !/\b(?:and|or|with)\b/.test(said) && terms.every(({ id, exception }) => said.includes(id) && said.includes(exception ?? ''));
  return { text: isAsListed ? said : printExpression(read.expression), isOr: read.expression.kind === 'or' };
}

/** Made from the words, so that it is the same in every document. */
function ownId(name: string): string {
  const words = name
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return `LicenseRef-${words === '' ? '' : `${words}-`}${hash('sha256', name, 'hex').slice(0, 8)}`;
}
