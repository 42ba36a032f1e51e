import type { Verdict } from '#server/schemas/licence.ts';
import type { Delivery } from '#model/licence.ts';
import { Glyph, type GlyphKind } from './glyph.tsx';
import styles from './policy-verdict.module.css';

/** The sign of each verdict. */
export const policyVerdictGlyphs: Readonly<Record<Verdict, GlyphKind>> = {
  allowed: 'ok',
  conditions: 'low',
  review: 'medium',
  unknown: 'unknown',
  denied: 'critical',
};

/** Verdicts of the IP policy as words for people. */
export const policyVerdictWords: Readonly<Record<Verdict, string>> = {
  allowed: 'Allowed',
  conditions: 'Conditions',
  review: 'Review',
  unknown: 'Unknown',
  denied: 'Denied',
};

/** Verdicts from worst to best, as lists show them. */
export const policyVerdictsShown: readonly Verdict[] = ['denied', 'unknown', 'review', 'conditions', 'allowed'];

/** A verdict of the IP policy as glyph and word. */
export function PolicyVerdict({ verdict }: { readonly verdict: Verdict }) {
  return (
    <span className={styles['word']} data-verdict={verdict}>
      <Glyph kind={policyVerdictGlyphs[verdict]} />
      {policyVerdictWords[verdict]}
    </span>
  );
}

/** Ways of delivery as words for people. */
export const deliveryWords: Readonly<Record<Delivery, string>> = {
  internal: 'used inside',
  saas: 'offered over a network',
  browser: 'sent to browsers',
  mobile: 'mobile app',
  'client-sdk': 'SDK for clients',
  'client-image': 'image for clients',
  'other-legal-entity': 'another legal entity',
  outsourcer: 'outsourcer',
  published: 'published',
};
