import type { CheckReport, CheckedPackage } from './check-report.ts';

const questions: Readonly<Record<string, string>> = {
  licence: 'under which licence it is',
  delivery: 'how what it goes into is delivered',
  linking: 'whether it is linked statically or dynamically',
  modified: 'whether it is modified',
};

/** What a person needs to know of a verdict beside its reason, a sentence each: the way in, what is asked, what to use instead, what to do. */
export function sentences({ path, asks, alternatives, obligations, exception, review, notes }: CheckedPackage): readonly string[] {
  const [first] = alternatives;
  return [
    ...notes,
    ...(path.length > 1 ? [`It comes in by ${path.join(' → ')}.`] : []),
    ...(asks.length > 0 ? [`To be said first: ${asks.map((each) => questions[each] ?? each).join('; ')}.`] : []),
    ...obligations.filter(({ state }) => state === 'due').map((each) => `To do: ${each.asks}`),
    ...(first === undefined
      ? []
      : [`Used here instead: ${first.purl}${first.version === null ? '' : ` ${first.version}`} (${componentsOf(first.components)}).`]),
    ...(review === null
      ? []
      : [
          `The council is asked: ${review.name}, due ${review.due.slice(0, 10)}${review.state === 'waiting' ? ', waiting for an answer to its questions' : ''}.`,
        ]),
    ...(exception === null ? [] : [`The exception ends on ${exception.until.slice(0, 10)}.`]),
  ];
}

function componentsOf(count: number): string {
  return `${String(count)} ${count === 1 ? 'component' : 'components'}`;
}

/** Whom to ask, as words: the team and who confirmed that it is theirs, stewards with their package, counsel. */
export function askedInWords({ team, owner, stewards, counsel }: CheckReport['ask']): readonly string[] {
  return [
    ...(team === null ? [] : [`the team ${team}${owner === null ? '' : ` (${owner})`}`]),
    ...stewards.slice(0, stewardsNamed).map((each) => `${each.name} for ${each.package.replace(/^pkg:/, '')}`),
    ...counsel,
  ];
}

const stewardsNamed = 5;
