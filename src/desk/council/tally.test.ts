import { describe, expect, it } from 'vitest';
import type { CouncilFunction } from './functions.ts';
import { fastTrack, type Route } from './route.ts';
import { tallyOf, type Says, type Voter } from './tally.ts';

const full: Route = { track: 'full', functions: ['legal', 'engineering', 'security'], because: [] };
const fast = fastTrack();

/** Members as `person function+function says`, with `out` for who is kept out and `for a` for who stands in for a. */
function voters(said: string): readonly Voter[] {
  return said.split(', ').flatMap((each) => {
    const [person = '', functions = '', says, more, deputyOf = null] = each.split(' ');
    return (functions === '' ? [] : functions.split('+')).map((of, index) => ({
      ...{ seat: `${person}${String(index)}`, person, function: of as CouncilFunction, deputyOf },
      isOut: more === 'out',
      says: says === 'silent' ? null : (says as Says),
    }));
  });
}

describe('the votes of a case', () => {
  it.each<[name: string, route: Route, said: string, comesTo: string]>([
    ['are not enough while nobody voted', full, 'a legal silent, b engineering silent', 'functions: legal engineering security'],
    ['are not enough while a named function is not there', full, 'a legal yes, b engineering yes', 'functions: security'],
    ['approve once every named function is there and more say yes', full, 'a legal yes, b engineering yes, c security no', 'approved'],
    ['refuse once more say no', full, 'a legal no, b engineering no, c security yes', 'refused'],
    ['decide nothing in equal number', full, 'a legal yes, b engineering no, c security abstain', 'no-majority'],
    ['approve nothing against legal', full, 'a legal no, b engineering yes, c security yes', 'legal'],
    ['approve nothing while legal abstains', full, 'a legal abstain, b engineering yes, c security yes', 'legal'],
    ['of one among who abstains approve nothing', full, 'a legal yes, b engineering abstain, c security abstain', 'one-alone'],
    ['of who abstains make a function present', full, 'a legal yes, b engineering yes, c security abstain', 'approved'],
    ['of one person count once whatever functions they have', full, 'a legal+engineering+security yes', 'functions: engineering security'],
    ['of one person with two functions serve the one that nobody else can', full, 'a legal+engineering yes, b legal yes, c security yes', 'approved'],
    ['of one person with two functions do not serve both', full, 'a legal+engineering yes, c security yes', 'functions: engineering'],
    ['of who is kept out count for nothing', full, 'a legal yes, b engineering yes, c security yes out', 'functions: security'],
    ['of a deputy count while the other is silent', full, 'a legal silent, d legal yes for a, b engineering yes, c security yes', 'approved'],
    ['of a deputy do not count beside the other', full, 'a legal no, d legal yes for a, b engineering no, c security yes', 'refused'],
    ['of a deputy count where the other is kept out', full, 'a legal no out, d legal yes for a, b engineering yes, c security yes', 'approved'],
    ['approve fast with one of legal and one of engineering', fast, 'a legal yes, b engineering yes', 'approved'],
    ['approve nothing fast by one of both', fast, 'a legal+engineering yes', 'functions: engineering'],
    ['leave what is split on the fast way to the full one', fast, 'a legal yes, b engineering yes, c engineering no', 'split'],
    ['refuse fast when both say no', fast, 'a legal no, b engineering no', 'refused'],
    ['of one alone decide nothing where one function is asked for', { track: 'full', functions: ['legal'], because: [] }, 'a legal yes', 'voters'],
    ['of nobody approve nothing where no function is asked for', { track: 'full', functions: [], because: [] }, '', 'voters'],
  ])('%s', (_, route, said, comesTo) => {
    const tally = tallyOf(route, voters(said));
    expect(tally.outcome ?? [tally.hindrance, ...(tally.missing.length > 0 ? [`: ${tally.missing.join(' ')}`] : [])].join('')).toBe(comesTo);
  });
});
