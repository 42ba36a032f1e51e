import { describe, expect, it } from 'vitest';
import { caseKindOf } from './case-kinds.ts';
import { licenceFamily } from './licence-family.ts';
import { caseKinds } from './kinds/all.ts';
import { triggers } from './case-kind.ts';

describe('a question to the council', () => {
  const purl = 'pkg:npm/left-pad';
  const fix = { package: purl, what: 'fix', time: 'firm', countries: ['DE'], agreement: 'dco' };
  it.each<[kind: string, name: string, form: object, way: string]>([
    ['use', 'of MIT inside', { package: purl, licence: 'MIT', delivery: 'internal' }, 'fast: legal engineering'],
    ['use', 'of what nobody knows', { package: purl }, 'full: legal engineering office'],
    ['use', 'of AGPL inside', { package: purl, licence: 'AGPL-3.0-only', delivery: 'internal' }, 'fast: legal engineering'],
    ['use', 'of AGPL as a service', { package: purl, licence: 'AGPL-3.0-only', delivery: 'saas' }, 'full: legal engineering security office'],
    ['use', 'of GPL in an app', { package: purl, licence: 'GPL-2.0-only', delivery: 'mobile' }, 'full: legal engineering patents office'],
    ['use', 'of LGPL in an app', { package: purl, licence: 'LGPL-2.1-or-later', delivery: 'mobile' }, 'fast: legal engineering'],
    [
      'use',
      'of a choice that is weighed',
      { package: purl, licence: 'AGPL-3.0-only OR LicenseRef-Acme-Commercial', delivery: 'saas' },
      'full: legal engineering security office finance procurement',
    ],
    ['use', 'of BUSL', { package: purl, licence: 'BUSL-1.1', delivery: 'internal' }, 'full: legal engineering procurement office'],
    ['use', 'of what is paid', { package: purl, licence: 'MIT', delivery: 'internal', paid: true }, 'full: legal engineering finance procurement'],
    ['snippet', 'of a project', { origin: 'project', licence: 'Apache-2.0' }, 'fast: legal engineering'],
    ['snippet', 'of nobody knows whom', { origin: 'unknown', licence: 'MIT' }, 'full: legal engineering office'],
    ['contribution', 'of a fix in firm time', fix, 'fast: legal engineering'],
    ['contribution', 'in own time', { ...fix, time: 'own' }, 'full: legal engineering hr'],
    ['contribution', 'under a CLA', { ...fix, agreement: 'cla' }, 'full: legal engineering office'],
    [
      'publication',
      'of our own',
      { licence: 'Apache-2.0', upkeep: 'team', thirdParty: false, heldPersonalData: false },
      'full: legal patents engineering security communications',
    ],
    [
      'publication',
      'of what held personal data',
      { licence: 'MIT', upkeep: 'team', thirdParty: false, heldPersonalData: true },
      'full: legal patents engineering security communications privacy',
    ],
    ['trademark', 'of a name', { whose: 'ours', what: 'name', use: 'naming' }, 'full: legal communications'],
    [
      'cla',
      'that binds the firm',
      { package: purl, signs: 'corporate', grants: 'licence', patentGrant: true },
      'full: legal engineering office patents',
    ],
  ])('about %s %s goes its way', (kind, _, form, way) => {
    const found = caseKindOf(kind);
    const route = found?.routeOf(found.form.parse(form));
    expect(`${route?.track ?? ''}: ${route?.functions.join(' ') ?? ''}`).toBe(way);
    expect(route?.because.every((each) => each !== '')).toBe(true);
  });

  it.each(caseKinds.map((kind) => [kind.id, kind] as const))('about %s says what it wants, by when, and when it is asked again', (_, kind) => {
    expect(kind.evidence.some((each) => each.isNeeded)).toBe(true);
    expect(kind.dueDays).toBeGreaterThan(0);
    expect(kind.holdsDays).toBeGreaterThan(0);
    expect(kind.triggers).toContain('expired');
    expect(triggers).toEqual(expect.arrayContaining([...kind.triggers]));
  });

  it.each([
    ['MIT', 'permissive'],
    ['MIT OR AGPL-3.0-only', 'network-copyleft'],
    ['(LGPL-2.1-only AND BSD-3-Clause)', 'library-copyleft'],
    ['EPL-2.0', 'file-copyleft'],
    ['GPL-3.0-or-later', 'strong-copyleft'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'library-copyleft'],
    ['LicenseRef-Artifex-Commercial', 'commercial'],
    ['LicenseRef-something', 'unknown'],
    ['SEE LICENSE IN LICENSE', 'unknown'],
    ['SSPL-1.0', 'source-available'],
    ['', 'unknown'],
    [null, 'unknown'],
  ])('takes the licence %s as %s', (licence, family) => {
    expect(licenceFamily(licence)).toBe(family);
  });
});
