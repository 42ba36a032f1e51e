import type { IpPolicy, IpRule } from '#model/ip-policy.ts';
import type { Delivery } from '#model/licence.ts';
import { builtInCategories, builtInObligations } from './categories.ts';

/** A policy to begin with. */
export type IpPolicyTemplate = { readonly id: string; readonly title: string; /** One sentence. */ readonly for: string; readonly policy: IpPolicy };

const kept = ['internal', 'saas'] as const satisfies readonly Delivery[];
const sentOut = [
  'browser',
  'mobile',
  'client-sdk',
  'client-image',
  'other-legal-entity',
  'outsourcer',
  'published',
] as const satisfies readonly Delivery[];

const common = {
  format: 1,
  categories: builtInCategories,
  otherwise: 'review',
  development: 'internal',
  obligations: builtInObligations,
  outbound: [
    {
      licence: 'Apache-2.0',
      notWith: ['strong-copyleft', 'network-copyleft', 'source-available', 'unlicensed'],
      because: 'what is given out under Apache-2.0 cannot hold it: its licence asks for more than Apache-2.0 lets one ask for.',
    },
    {
      licence: 'MIT',
      notWith: ['strong-copyleft', 'network-copyleft', 'source-available', 'unlicensed'],
      because: 'what is given out under MIT cannot hold it: its licence asks for more than MIT lets one ask for.',
    },
    {
      licence: 'GPL-2.0-only',
      notWith: [
        'Apache-2.0',
        'GPL-3.0-only',
        'GPL-3.0-or-later',
        'LGPL-3.0-only',
        'LGPL-3.0-or-later',
        'network-copyleft',
        'source-available',
        'unlicensed',
        'EPL-1.0',
        'EPL-2.0',
        'CDDL-1.0',
        'CDDL-1.1',
      ],
      because: 'the licence and GPL-2.0-only cannot both be met in one program.',
    },
    {
      licence: 'GPL-3.0-or-later',
      notWith: ['GPL-2.0-only', 'source-available', 'unlicensed', 'EPL-1.0', 'CDDL-1.0', 'CDDL-1.1', 'BSD-4-Clause', 'OpenSSL'],
      because: 'the licence and GPL-3.0 cannot both be met in one program.',
    },
  ],
  alternatives: [],
  gates: { 'tier-1': { denied: 'warn', unknown: 'watch', review: 'watch' } },
} as const satisfies Partial<IpPolicy>;

const free: IpRule = {
  id: 'free',
  categories: ['public-domain'],
  verdict: 'allowed',
  obligations: [],
  because: 'nothing is asked for.',
};
const permissive: IpRule = {
  id: 'permissive',
  categories: ['permissive'],
  verdict: 'allowed',
  obligations: ['give-notices', 'state-changes'],
  because: 'it may be used for anything as long as its notices go along.',
};
const advertising: IpRule = {
  id: 'permissive-advertising',
  categories: ['permissive-advertising'],
  verdict: 'conditions',
  obligations: ['give-notices', 'name-makers'],
  because: 'its makers must be named where its features are advertised.',
};
const unlicensed: IpRule = {
  id: 'unlicensed',
  categories: ['unlicensed'],
  verdict: 'denied',
  obligations: [],
  because: 'nobody gave a licence: without a contract it may not be used.',
};
const keptInside: IpRule = {
  id: 'copyleft-kept-inside',
  categories: ['file-copyleft', 'library-copyleft', 'strong-copyleft'],
  deliveries: kept,
  verdict: 'allowed',
  obligations: [],
  because: 'it is not handed to anybody outside, so that its copyleft does not begin.',
};
const files: IpRule = {
  id: 'file-copyleft-sent-out',
  categories: ['file-copyleft'],
  verdict: 'conditions',
  obligations: ['give-notices', 'give-changed-files', 'offer-source'],
  because: 'its own files, changed or not, must be offered with their source.',
};
const libraryDynamic: IpRule = {
  id: 'library-copyleft-dynamic',
  categories: ['library-copyleft'],
  deliveries: sentOut,
  linking: ['dynamic'],
  verdict: 'conditions',
  obligations: ['give-notices', 'offer-source', 'keep-replaceable', 'state-changes'],
  because: 'linked dynamically the library stays replaceable, which its licence asks for.',
};
const libraryStatic: IpRule = {
  id: 'library-copyleft-static',
  categories: ['library-copyleft'],
  deliveries: sentOut,
  verdict: 'review',
  obligations: ['give-notices', 'offer-source', 'keep-replaceable', 'state-changes'],
  because: 'linked statically it is hard to keep the library replaceable, as its licence asks for.',
};
const strong: IpRule = {
  id: 'strong-copyleft-sent-out',
  categories: ['strong-copyleft'],
  deliveries: sentOut,
  verdict: 'denied',
  obligations: ['give-notices', 'offer-source', 'state-changes'],
  because: 'what is delivered with it would have to be given out under its licence, with its source.',
};
const networkInside: IpRule = {
  id: 'network-copyleft-internal',
  categories: ['network-copyleft'],
  deliveries: ['internal'],
  modified: false,
  verdict: 'conditions',
  obligations: ['offer-source-over-network'],
  because: 'used inside and not modified it asks for little; it must not become part of a service for clients.',
};
const network: IpRule = {
  id: 'network-copyleft',
  categories: ['network-copyleft'],
  verdict: 'denied',
  obligations: ['offer-source-over-network', 'offer-source'],
  because: 'who offers it over a network must offer the source of the whole service.',
};
const sourceInside: IpRule = {
  id: 'source-available-internal',
  categories: ['source-available'],
  deliveries: ['internal'],
  verdict: 'review',
  obligations: [],
  because: 'it is no open source: whether this use is one of those permitted is for counsel.',
};
const source: IpRule = {
  id: 'source-available',
  categories: ['source-available'],
  verdict: 'denied',
  obligations: [],
  because: 'it is no open source, and such uses are what its makers keep for themselves.',
};
const content: IpRule = {
  id: 'content',
  categories: ['content'],
  verdict: 'conditions',
  obligations: ['credit-content'],
  because: 'its makers must be named.',
};
const contentAlike: IpRule = {
  id: 'content-copyleft',
  categories: ['content-copyleft'],
  verdict: 'review',
  obligations: ['credit-content'],
  because: 'what is made of it may have to be given out under the same licence.',
};

const bank: IpPolicy = {
  ...common,
  template: 'bank',
  rules: [
    ...[free, permissive, advertising, unlicensed, keptInside, files, libraryDynamic, libraryStatic, strong],
    ...[networkInside, network, sourceInside, source, content, contentAlike],
  ],
};

const shipped: IpPolicy = {
  ...common,
  template: 'shipped',
  development: 'internal',
  rules: [
    ...[free, permissive, advertising, unlicensed, files, libraryDynamic, libraryStatic],
    { ...keptInside, id: 'library-copyleft-kept-inside', categories: ['library-copyleft'] },
    {
      ...keptInside,
      id: 'strong-copyleft-kept-inside',
      categories: ['strong-copyleft'],
      verdict: 'review',
      because: 'what is kept inside today is often delivered tomorrow.',
    },
    ...[strong, network, source, content, contentAlike],
  ],
};

const permissiveStart: IpPolicy = {
  ...common,
  template: 'permissive-start',
  rules: [
    ...[
      free,
      permissive,
      advertising,
      unlicensed,
      { ...keptInside, verdict: 'conditions' as const, because: 'it may be used inside; ask before it is delivered.' },
    ],
    {
      id: 'copyleft-sent-out',
      categories: ['file-copyleft', 'library-copyleft', 'strong-copyleft', 'network-copyleft'],
      verdict: 'review',
      obligations: ['give-notices', 'offer-source'],
      because: 'the firm has not decided yet how it deals with copyleft: ask.',
    },
    { ...source, verdict: 'review', because: 'it is no open source: whether this use is permitted is for counsel.' },
    ...[content, contentAlike],
  ],
};

const finos: IpPolicy = {
  ...common,
  template: 'finos-abx',
  development: 'as-delivered',
  rules: [
    {
      ...permissive,
      id: 'category-a',
      categories: ['public-domain', 'permissive', 'permissive-advertising'],
      because: 'category A: may be included.',
    },
    {
      id: 'category-b',
      categories: ['file-copyleft', 'content'],
      verdict: 'conditions',
      obligations: ['give-notices', 'give-changed-files'],
      because: 'category B: may be included unmodified and in binary form, plainly named.',
    },
    {
      id: 'category-x',
      categories: ['library-copyleft', 'strong-copyleft', 'network-copyleft', 'source-available', 'content-copyleft', 'unlicensed'],
      verdict: 'denied',
      obligations: [],
      because: 'category X: may not be included.',
    },
  ],
};

/** Every template; the first is what an office has that approved none. */
export const ipPolicyTemplates: readonly [IpPolicyTemplate, ...IpPolicyTemplate[]] = [
  { id: 'bank', title: 'Bank: inside and as a service', for: 'What is used inside or offered as a service, and seldom handed out.', policy: bank },
  { id: 'shipped', title: 'Apps and SDKs that are handed out', for: 'What goes to browsers, phones and clients.', policy: shipped },
  {
    id: 'permissive-start',
    title: 'Permissive start',
    for: 'A firm that begins: permissive is allowed, all else is asked about.',
    policy: permissiveStart,
  },
  { id: 'finos-abx', title: 'FINOS categories A, B and X', for: 'Projects that are given to FINOS.', policy: finos },
];

/** The IP policy of an office that never approved one. */
export const builtInIpPolicy: IpPolicy = bank;
