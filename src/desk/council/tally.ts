import type { CouncilFunction } from './functions.ts';
import type { RollEntry } from './roll-entry.ts';
import type { Route } from './route.ts';

/** What somebody says of a case. */
export type Says = 'yes' | 'no' | 'abstain';

/** A member as a tally sees them: what keeps them out, and what they said last. */
export type Voter = RollEntry & {
  /** Has no part in the case, or no vote now. */
  readonly isOut: boolean;
  readonly says: Says | null;
};

/** Why there is no decision yet. */
export type Hindrance = 'functions' | 'voters' | 'no-majority' | 'legal' | 'split' | 'one-alone';

/** How a case stands by its votes, a pure function of roll and votes. */
export type Tally = {
  /** Persons whose votes count, with all the functions they sit for and what they said. */
  readonly counted: readonly { readonly person: string; readonly functions: readonly CouncilFunction[]; readonly says: Says }[];
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
  /** Functions that must be there and are not: each needs a person of its own. */
  readonly missing: readonly CouncilFunction[];
  readonly hasQuorum: boolean;
  readonly outcome: 'approved' | 'refused' | null;
  /** Null once decided. */
  readonly hindrance: Hindrance | null;
};

// Nobody decides alone, whatever functions they have.
const leastVoters = 2;

/** Counts what is said of a case. It knows no time and no presser of buttons: the same votes of the same members give the same answer. */
export function tallyOf(route: Route, voters: readonly Voter[]): Tally {
  const spoken = Map.groupBy(
    voters.filter((each) => !each.isOut && each.says !== null),
    (each) => each.person,
  );
  const counted = [...spoken].flatMap(([person, entries]) => {
    // A deputy speaks while the one they stand in for does not.
    const own = entries.filter((each) => each.deputyOf === null || !spoken.has(each.deputyOf));
    const [first] = own;
    return first?.says == null ? [] : [{ person, functions: [...new Set(own.map((each) => each.function))], says: first.says }];
  });
  const count = (says: Says): number => counted.filter((each) => each.says === says).length;
  const [yes, no, abstain] = [count('yes'), count('no'), count('abstain')];
  const missing = withoutPerson(route.functions, counted);
  const hasQuorum = missing.length === 0 && counted.length >= leastVoters;
  const ended = { counted, yes, no, abstain, missing, hasQuorum };
  if (!hasQuorum) return { ...ended, outcome: null, hindrance: missing.length > 0 ? 'functions' : 'voters' };
  const [outcome, hindrance] = outcomeOf(route, counted, yes, no);
  return { ...ended, outcome, hindrance };
}

function outcomeOf(route: Route, counted: Tally['counted'], yes: number, no: number): readonly [Tally['outcome'], Hindrance | null] {
  if (no > yes) return ['refused', null];
  if (route.track === 'fast' && no > 0) return [null, 'split'];
  if (yes === no) return [null, 'no-majority'];
  if (yes < leastVoters) return [null, 'one-alone'];
  const legal = counted.filter((each) => each.functions.includes('legal'));
  const isAgreed = legal.some((each) => each.says === 'yes') && legal.every((each) => each.says !== 'no');
  return isAgreed ? ['approved', null] : [null, 'legal'];
}

/** Functions for which nobody is left once every person stands for one of them at most, as many as possible being served. */
function withoutPerson(wanted: readonly CouncilFunction[], counted: Tally['counted']): readonly CouncilFunction[] {
  const served = new Map<string, CouncilFunction>();
  const serve = (of: CouncilFunction, tried: Set<string>): boolean => {
    for (const { person, functions } of counted) {
      if (tried.has(person) || !functions.includes(of)) continue;
      tried.add(person);
      const other = served.get(person);
      if (other === undefined || serve(other, tried)) {
        served.set(person, of);
        return true;
      }
    }
    return false;
  };
  return wanted.filter((of) => !serve(of, new Set()));
}
