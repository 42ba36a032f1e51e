import { parseExpression, printExpression, type LicenceExpression } from '#language/spdx/expression.ts';
import { expressionKey, normalForm } from '#language/spdx/normal-form.ts';
import { suggestExpression } from '#language/spdx/suggest.ts';
import { namesLicence } from './names-licence.ts';
import { licenceKindOf, type LicenceClaim, type LicenceKind, type LicenceSource } from '#model/licence.ts';

/** The licence that counts, from all that was said of one package version. */
export type EffectiveLicence = {
  /** Null: unknown. */
  readonly expression: LicenceExpression | null;
  /** The whole as text in normal form, also where counsel chose a branch of it; null when unknown. */
  readonly text: string | null;
  /** What counsel chose of it, which `expression` then holds; absent: nobody chose. */
  readonly chosen?: string;
  /** What it rests on; null when nobody said anything. */
  readonly from: LicenceKind | null;
  /** True where two sources say different licences: both must then be met. */
  readonly isDisputed: boolean;
  /** True where a text that was found says a licence that what is declared does not name, or nobody here knows. */
  readonly isFoundOtherwise: boolean;
  /** Entries that are no licence expression, as written: what makes it unknown. */
  readonly unread: readonly { readonly source: LicenceSource; readonly text: string }[];
};

/** Stands for what nobody gave a licence for: SPDX's `NONE`, npm's `UNLICENSED`. */
export const unlicensed = 'LicenseRef-unlicensed';

const nothingSaid: EffectiveLicence = { expression: null, text: null, from: null, isDisputed: false, isFoundOtherwise: false, unread: [] };

/**
 * What counsel concluded; else everything that was said, together. An entry that does not parse makes it unknown, whatever the others say: it is asked
 * about, never passed over. Texts that were found confirm what declares them and say nothing more then: which of several may be chosen stands in no text.
 */
export function effectiveLicence(claims: readonly LicenceClaim[], ecosystem: string): EffectiveLicence {
  const concluded = claims.filter((claim) => claim.source === 'counsel');
  const counted = concluded.length > 0 ? concluded : withoutConfirmed(claims, ecosystem);
  const [first] = counted;
  if (first === undefined) return nothingSaid;
  const read = counted.map((claim) => readClaim(claim, ecosystem));
  const from = counted.some((claim) => licenceKindOf(claim.source) === 'declared') ? 'declared' : licenceKindOf(first.source);
  const isFoundOtherwise = from === 'declared' && counted.some((claim) => licenceKindOf(claim.source) === 'detected');
  const said = new Map(read.flatMap(({ expression }) => (expression === null ? [] : [[expressionKey(expression), expression] as const])));
  // A name that means what an expression beside it says contradicts nothing; the licence rests on the expression.
  const unread = read.flatMap((each) => each.unread).filter(({ text }) => !said.has(suggestExpression(text)?.expression ?? ''));
  if (unread.length > 0 || said.size === 0) return { ...nothingSaid, from, unread, isDisputed: said.size > 1, isFoundOtherwise };
  const expressions = [...said.values()];
  const [only] = expressions;
  const expression = normalForm(expressions.length === 1 && only !== undefined ? only : { kind: 'and', of: expressions });
  return { expression, text: printExpression(expression), from, isDisputed: expressions.length > 1, isFoundOtherwise, unread: [] };
}

/** What is declared, and of what was found that which it does not name. Where npm's `SEE LICENSE IN` points to a file that was read, it says no more than that. */
function withoutConfirmed(claims: readonly LicenceClaim[], ecosystem: string): readonly LicenceClaim[] {
  const found = claims.filter(({ source }) => licenceKindOf(source) === 'detected');
  if (found.length === 0) return claims;
  const declared = claims
    .filter(({ source }) => licenceKindOf(source) === 'declared')
    .flatMap((claim) => {
      const said = claim.said.filter((text) => !/^SEE LICEN[CS]E IN /i.test(text));
      return said.length === 0 ? [] : [{ ...claim, said }];
    });
  const expressions = declared.flatMap((claim) => {
    const { expression } = readClaim(claim, ecosystem);
    return expression === null ? [] : [printExpression(expression)];
  });
  const more = found.flatMap((claim) => {
    const said = claim.said.filter((text) => !expressions.some((each) => namesLicence(each, text)));
    return said.length === 0 ? [] : [{ ...claim, said }];
  });
  return [...declared, ...more];
}

/** The same licence with a choice made in it: `rely` is what is left. One that does not parse changes nothing. */
export function withChoice(licence: EffectiveLicence, rely: string): EffectiveLicence {
  const read = parseExpression(rely);
  return read.ok ? { ...licence, expression: normalForm(read.expression), chosen: rely } : licence;
}

type ReadClaim = { readonly expression: LicenceExpression | null; readonly unread: EffectiveLicence['unread'] };

/** Composer means its list as a choice; elsewhere nobody said, and all must be met. */
function readClaim({ source, said }: LicenceClaim, ecosystem: string): ReadClaim {
  const of: LicenceExpression[] = [];
  const unread: { source: LicenceSource; text: string }[] = [];
  for (const text of said) {
    const read = parseExpression(/^(?:NONE|UNLICENSED)$/.test(text) ? unlicensed : text.trim());
    if (read.ok) of.push(read.expression);
    else unread.push({ source, text });
  }
  const [only] = of;
  if (only === undefined) return { expression: null, unread };
  return {
    expression: of.length === 1 ? only : { kind: ecosystem === 'Packagist' && source !== 'sbom' && source !== 'licence-file' ? 'or' : 'and', of },
    unread,
  };
}
