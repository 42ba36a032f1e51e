import { describe, expect, it } from 'vitest';
import { policyVerdicts, type Artifact, type LicenceClaim } from '#model/licence.ts';
import type { IpPolicy } from '#model/ip-policy.ts';
import { effectiveLicence } from './effective-licence.ts';
import { indexPolicy } from './policy-index.ts';
import { licenceRow, numberedUse, rankUse } from './rank-use.ts';
import { judgeUse } from './verdict.ts';

// A policy of our own: the layers do not know each other, and expected verdicts are then written out here whole.
const policy: IpPolicy = {
  format: 1,
  template: 'test',
  categories: [
    { id: 'free', title: 'Free', means: '', licences: ['MIT', 'Apache-2.0', 'ISC'] },
    { id: 'library', title: 'Library', means: '', licences: ['LGPL-2.1-only', 'GPL-2.0-only WITH Classpath-exception-2.0'] },
    { id: 'program', title: 'Program', means: '', licences: ['GPL-2.0-only', 'GPL-3.0-only', 'GPL-3.0-or-later'] },
    { id: 'network', title: 'Network', means: '', licences: ['AGPL-3.0-only'] },
    { id: 'files', title: 'Files', means: '', licences: ['MPL-2.0'] },
  ],
  rules: [
    { id: 'free', categories: ['free'], verdict: 'allowed', obligations: ['notices'], because: 'free.' },
    { id: 'inside', categories: ['library', 'program'], deliveries: ['internal', 'saas'], verdict: 'allowed', obligations: [], because: 'inside.' },
    { id: 'dynamic', categories: ['library'], linking: ['dynamic'], verdict: 'conditions', obligations: ['notices'], because: 'dynamic.' },
    { id: 'static', categories: ['library'], verdict: 'review', obligations: [], because: 'static.' },
    { id: 'program', categories: ['program'], verdict: 'denied', obligations: [], because: 'spreads.' },
    { id: 'network', categories: ['network'], verdict: 'denied', obligations: ['source'], because: 'spreads over a network.' },
    { id: 'changed', categories: ['files'], modified: true, verdict: 'conditions', obligations: ['changed'], because: 'changed files.' },
    { id: 'files', categories: ['files'], verdict: 'allowed', obligations: ['changed'], because: 'files.' },
  ],
  otherwise: 'review',
  development: 'internal',
  obligations: [
    { id: 'notices', title: '', asks: '', when: 'delivered' },
    { id: 'source', title: '', asks: '', when: 'over-a-network' },
    { id: 'changed', title: '', asks: '', when: 'modified' },
  ],
  outbound: [{ licence: 'Apache-2.0', notWith: ['program', 'network'], because: 'cannot go along.' }],
  alternatives: [],
  gates: {},
};
const index = indexPolicy(policy);

function claims(...said: readonly (readonly [LicenceClaim['source'], ...string[]])[]): readonly LicenceClaim[] {
  return said.map(([source, ...texts]) => ({ source, said: texts }));
}

function artifact(over: Partial<Artifact> = {}): Artifact {
  return { name: 'web', deliveries: ['saas'], linking: 'dynamic', modified: false, outbound: null, ...over };
}

describe('a policy verdict', () => {
  it.each([
    ['a licence that the policy frees is allowed', 'MIT', [artifact()], 'allowed', 'free'],
    ['of an OR the best branch is relied on', 'GPL-3.0-only OR MIT', [artifact({ deliveries: ['mobile'] })], 'allowed', 'free'],
    ['of two branches as good the freer one is relied on', 'GPL-3.0-only OR MIT', [artifact()], 'allowed', 'free'],
    ['of an AND the worst counts', 'AGPL-3.0-only AND MIT', [artifact()], 'denied', 'network'],
    ['AGPL in a service is denied', 'AGPL-3.0-only', [artifact()], 'denied', 'network'],
    ['GPL kept inside is allowed', 'GPL-3.0-only', [artifact()], 'allowed', 'inside'],
    ['GPL in an app is denied', 'GPL-3.0-or-later', [artifact({ deliveries: ['mobile'] })], 'denied', 'program'],
    ['of several deliveries each must be met', 'GPL-3.0-only', [artifact({ deliveries: ['saas', 'mobile'] })], 'denied', 'program'],
    ['of several artifacts each must be met', 'GPL-3.0-only', [artifact(), artifact({ name: 'app', deliveries: ['mobile'] })], 'denied', 'program'],
    [
      'an exception behind WITH is its own line',
      'GPL-2.0-only WITH Classpath-exception-2.0',
      [artifact({ deliveries: ['mobile'] })],
      'conditions',
      'dynamic',
    ],
    [
      'an exception nobody named is judged as without it',
      'GPL-3.0-only WITH Bison-exception-2.2',
      [artifact({ deliveries: ['mobile'] })],
      'denied',
      'program',
    ],
    ['a licence that the policy does not name is unknown', 'Zlib', [artifact()], 'unknown', null],
    ['a licence of the firm that the policy does not name is unknown', 'LicenseRef-acme', [artifact()], 'unknown', null],
    ['a later version will do', 'Apache-2.0+', [artifact()], 'allowed', 'free'],
    ['what is given out under Apache-2.0 holds no GPL', 'GPL-3.0-only', [artifact({ outbound: 'Apache-2.0' })], 'denied', 'outbound'],
  ] as const)('%s', (_name, licence, artifacts, verdict, rule) => {
    const judged = judgeUse(index, effectiveLicence(claims(['lockfile', licence]), 'npm'), { artifacts, isDevelopment: false });
    expect([judged.verdict, judged.rule]).toEqual([verdict, rule]);
  });

  it.each([
    ['nobody said how it is delivered, and it makes no difference', 'AGPL-3.0-only', [], 'denied', [], null],
    ['nobody said how it is delivered, and it decides', 'GPL-3.0-only', [], 'unknown', ['delivery'], ['allowed', 'denied']],
    ['linking decides', 'LGPL-2.1-only', [artifact({ deliveries: ['mobile'], linking: null })], 'unknown', ['linking'], ['conditions', 'review']],
    ['a change decides', 'MPL-2.0', [artifact({ modified: null })], 'unknown', ['modified'], ['allowed', 'conditions']],
    [
      'what is denied elsewhere is denied',
      'GPL-3.0-only',
      [artifact({ deliveries: [] }), artifact({ name: 'a', deliveries: ['mobile'] })],
      'denied',
      [],
      null,
    ],
  ] as const)('unknown context: %s', (_name, licence, artifacts, verdict, asks, between) => {
    const judged = judgeUse(index, effectiveLicence(claims(['lockfile', licence]), 'npm'), { artifacts, isDevelopment: false });
    expect([judged.verdict, judged.asks, judged.between]).toEqual([verdict, asks, between]);
  });

  it('what is only used to build is judged as internal use', () => {
    const use = { artifacts: [artifact({ deliveries: ['mobile'] })], isDevelopment: true };
    expect(judgeUse(index, effectiveLicence(claims(['lockfile', 'GPL-3.0-only']), 'npm'), use).verdict).toBe('allowed');
  });

  it('a duty is due, open where what begins it is not known, or absent', () => {
    const dutiesIn = (licence: string, of: Artifact): unknown =>
      judgeUse(index, effectiveLicence(claims(['lockfile', licence]), 'npm'), { artifacts: [of], isDevelopment: false }).obligations;
    expect(dutiesIn('MIT', artifact())).toEqual([]);
    expect(dutiesIn('MIT', artifact({ deliveries: ['mobile'] }))).toEqual([{ id: 'notices', state: 'due' }]);
    expect(dutiesIn('MPL-2.0', artifact({ modified: null }))).toEqual([{ id: 'changed', state: 'open' }]);
  });

  it.each([
    ['nobody says anything', [], null, false],
    ['an old name is unknown, whatever others say', claims(['lockfile', 'Apache 2'], ['registry', 'MIT']), null, false],
    ['an old name that means what an expression says contradicts nothing', claims(['registry', 'MIT', 'The MIT License']), 'MIT', false],
    ['counsel counts before all others', claims(['lockfile', 'Apache 2'], ['counsel', 'Apache-2.0']), 'Apache-2.0', false],
    ['two that mean the same agree', claims(['lockfile', 'GPL-2.0'], ['registry', 'GPL-2.0-only']), 'GPL-2.0-only', false],
    ['two that differ must both be met', claims(['lockfile', 'MIT'], ['registry', 'Apache-2.0']), 'Apache-2.0 AND MIT', true],
    ['entries of one source must all be met', claims(['registry', 'MIT', 'ISC']), 'ISC AND MIT', false],
    ['UNLICENSED is no Unlicense', claims(['lockfile', 'UNLICENSED']), 'LicenseRef-unlicensed', false],
  ] as const)('of what was said: %s', (_name, said, text, isDisputed) => {
    const licence = effectiveLicence(said, 'npm');
    expect([licence.text, licence.isDisputed]).toEqual([text, isDisputed]);
  });

  it.each([
    ['a text that is declared confirms it', claims(['lockfile', 'MIT'], ['licence-file', 'MIT']), 'MIT', false],
    [
      'texts of a choice do not take it away',
      claims(['lockfile', 'Apache-2.0 OR MIT'], ['licence-file', 'Apache-2.0', 'MIT']),
      'Apache-2.0 OR MIT',
      false,
    ],
    [
      'a text cannot tell whether later versions will do',
      claims(['lockfile', 'GPL-2.0-or-later'], ['licence-file', 'GPL-2.0-only']),
      'GPL-2.0-or-later',
      false,
    ],
    [
      'the text of an exception may lie elsewhere',
      claims(['lockfile', 'Apache-2.0 WITH LLVM-exception'], ['licence-file', 'Apache-2.0']),
      'Apache-2.0 WITH LLVM-exception',
      false,
    ],
    ['a text that is not declared must be met as well', claims(['lockfile', 'MIT'], ['licence-file', 'GPL-3.0-only']), 'GPL-3.0-only AND MIT', true],
    ['of several texts only what is not declared counts', claims(['lockfile', 'MIT'], ['licence-file', 'MIT', 'Zlib']), 'MIT AND Zlib', true],
    ['terms that nobody knows make it unknown', claims(['lockfile', 'MIT'], ['licence-file', 'MIT', 'terms that are not recognised']), null, true],
    ['a text alone is what is known', claims(['licence-file', 'Apache-2.0', 'MIT']), 'Apache-2.0 AND MIT', false],
    [
      'what npm says to lie in a file is what was found in it',
      claims(['registry', 'SEE LICENSE IN LICENSE'], ['licence-file', 'Zlib']),
      'Zlib',
      false,
    ],
    ['and is unknown while nothing was', claims(['registry', 'SEE LICENSE IN LICENSE']), null, false],
    ['counsel counts before a text', claims(['lockfile', 'MIT'], ['licence-file', 'GPL-3.0-only'], ['counsel', 'MIT']), 'MIT', false],
  ] as const)('of texts that were found: %s', (_name, said, text, isFoundOtherwise) => {
    const licence = effectiveLicence(said, 'npm');
    expect([licence.text, licence.isFoundOtherwise]).toEqual([text, isFoundOtherwise]);
  });

  it('Composer lists a choice', () => {
    expect(effectiveLicence(claims(['lockfile', 'MIT', 'GPL-3.0-only']), 'Packagist').text).toBe('GPL-3.0-only OR MIT');
  });

  it('orders verdicts from best to worst', () => {
    expect(policyVerdicts).toEqual(['allowed', 'conditions', 'review', 'unknown', 'denied']);
  });
});

describe('ranks without reasons', () => {
  it('are those of the verdicts with reasons, whatever the licence and the use', () => {
    const ids = ['MIT', 'LGPL-2.1-only', 'GPL-3.0-only', 'AGPL-3.0-only', 'MPL-2.0', 'Zlib', 'GPL-2.0-only WITH Classpath-exception-2.0'];
    const texts = [...ids, ...ids.flatMap((a) => ids.flatMap((b) => [`${a} AND ${b}`, `${a} OR ${b}`, `(${a} OR MIT) AND ${b}`])), 'no licence'];
    const uses = [
      [],
      [artifact()],
      [artifact({ deliveries: ['mobile'], linking: null })],
      [artifact({ deliveries: [] }), artifact({ modified: null })],
    ];
    const terms = new Map<string, Uint8Array>();
    for (const text of texts) {
      const licence = effectiveLicence(claims(['lockfile', text]), 'npm');
      const row = licenceRow(index, licence, terms);
      for (const artifacts of uses) {
        for (const isDevelopment of [false, true]) {
          const use = { artifacts, isDevelopment };
          const numbered = numberedUse(index, use);
          expect([text, numbered === null ? null : policyVerdicts[rankUse(row, numbered)]]).toEqual([text, judgeUse(index, licence, use).verdict]);
        }
      }
    }
    expect(numberedUse(index, { artifacts: [artifact({ outbound: 'Apache-2.0' })], isDevelopment: false })).toBe(null);
  });
});
