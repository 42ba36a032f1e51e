import { describe, expect, it } from 'vitest';
import type { Finding } from '#server/schemas/finding.ts';
import { analysisOf, areOneSubject, emptyDraft, faultOf, needsSecond, predicateOf, reachesOf, verdictsFor, withVerdict } from './decision-draft.ts';
import type { Draft } from './decision-draft.ts';
import type { Targets } from './selection.ts';

const today = new Date('2026-03-15T10:00:00Z');
const purl = 'pkg:maven/org.apache.logging.log4j/log4j-core';
const finding = (given: Partial<Finding> = {}): Finding =>
  ({
    id: 'aaaaaaaaaaaaaaaa',
    rule: 'vulnerability',
    subject: purl,
    package: { purl, ecosystem: 'Maven', name: 'log4j-core' },
    component: { ref: 'component:acme/shop', name: 'shop' },
    team: 'Payments',
    advisory: { key: 'CVE-2021-44228', ids: ['CVE-2021-44228'] },
    severity: 'critical',
    ...given,
  }) as Finding;
const these = (...findings: Finding[]): Targets => ({ count: findings.length, findings, isSame: false });
const written: Draft = { ...emptyDraft, verdict: 'exploitable', reason: 'We raise it.' };

describe('a decision while it is written', () => {
  it.each<[missing: string | null, draft: Draft]>([
    ['Choose a state.', emptyDraft],
    ['Write the reason.', { ...written, reason: ' x ' }],
    ['Choose why it is not affected.', { ...written, verdict: 'not-affected' }],
    ['Say who bears the risk.', { ...written, verdict: 'accepted', until: '2026-04-01' }],
    ['Say until when it holds.', { ...written, verdict: 'accepted', owner: 'person:a' }],
    ['Say what the workaround is.', { ...written, verdict: 'workaround', until: '2026-04-01' }],
    ['It would end before it begins.', { ...written, until: '2026-03-14' }],
    ['It holds for a year at most; decide again then.', { ...written, until: '2027-06-01' }],
    [null, written],
    [null, { ...written, verdict: 'not-affected', justification: 'code_not_reachable' }],
  ])('says %s', (missing, draft) => {
    expect(faultOf(draft, today)).toBe(missing);
  });

  it('gets an end and a response with a verdict that needs them, and loses what goes with another', () => {
    const accepted = withVerdict({ ...written, justification: 'code_not_present' }, 'accepted', today);
    expect(accepted).toMatchObject({ until: '2026-06-13', responses: ['will_not_fix'], justification: null });
    expect(withVerdict({ ...accepted, owner: 'person:a' }, 'in-triage', today)).toMatchObject({ owner: null, until: '2026-06-13' });
  });

  it('has other words for what is no vulnerability', () => {
    const noOwner = these(finding({ rule: 'no-owner', advisory: null, package: null }));
    expect(verdictsFor(noOwner)).toEqual(['exploitable', null, 'in-triage', 'false-positive', 'accepted', 'workaround']);
    expect(verdictsFor(these(finding()))).toContain('not-affected');
    expect(withVerdict(written, 'accepted', today, false).responses).toEqual([]);
  });

  it('waits for a second person only where a risk is accepted that may hurt', () => {
    const accepted: Draft = { ...written, verdict: 'accepted' };
    expect(needsSecond(accepted, these(finding({ severity: 'low' }), finding({ severity: 'unknown' })))).toBe(true);
    expect(needsSecond(accepted, these(finding({ severity: 'low' })))).toBe(false);
    expect(needsSecond(written, these(finding()))).toBe(false);
  });

  it('is written as CycloneDX analysis', () => {
    const accepted = withVerdict(written, 'accepted', today);
    expect(analysisOf(accepted)).toEqual({ state: 'exploitable', response: ['will_not_fix'], detail: 'We raise it.' });
    expect(analysisOf({ ...written, verdict: 'not-affected', justification: 'code_not_present' })).toEqual({
      state: 'not_affected',
      justification: 'code_not_present',
      detail: 'We raise it.',
    });
  });
});

describe('what a decision reaches', () => {
  const other = finding({ id: 'bbbbbbbbbbbbbbbb', component: { ref: 'component:acme/bank', name: 'bank' }, team: 'Treasury' });
  const same = { package: purl, advisory: 'CVE-2021-44228' };

  it('may be wider where what is decided shares what it would name', () => {
    expect(reachesOf(these(finding()))).toEqual(['these', 'component', 'team', 'everywhere']);
    expect(reachesOf(these(finding(), other))).toEqual(['these', 'everywhere']);
    expect(reachesOf(these(finding(), finding({ advisory: { key: 'CVE-2021-45046', ids: [] } })))).toEqual(['these']);
    expect(reachesOf(these(finding({ team: null })))).toEqual(['these', 'component', 'everywhere']);
  });

  it('is named by keys for single findings and by a question for all that are the same', () => {
    const key = { id: 'aaaaaaaaaaaaaaaa', rule: 'vulnerability', component: 'component:acme/shop', package: purl, subject: 'CVE-2021-44228' };
    expect(predicateOf('these', these(finding()))).toEqual({ findings: [key] });
    expect(predicateOf('these', { count: 14, findings: [finding()], isSame: true })).toEqual(same);
    expect(predicateOf('component', these(finding()))).toEqual({ component: 'component:acme/shop', advisory: 'CVE-2021-44228' });
    expect(predicateOf('team', these(finding()))).toEqual({ team: 'Payments', ...same });
    expect(predicateOf('everywhere', these(finding()))).toEqual(same);
  });

  it('is of one package, or no decision', () => {
    expect(areOneSubject(these(finding(), other))).toBe(true);
    expect(areOneSubject(these(finding(), finding({ subject: 'pkg:npm/lodash' })))).toBe(false);
  });
});
