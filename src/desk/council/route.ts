import type { CouncilFunction } from './functions.ts';

/**
 * Who must have voted before a case can be decided. `fast`: one of legal and one of engineering, and both agree. `full`: everybody named is there, by different
 * persons, and more say yes than no.
 */
export type Route = {
  readonly track: 'fast' | 'full';
  readonly functions: readonly CouncilFunction[];
  /** Why, one sentence each. */
  readonly because: readonly string[];
};

/** The way of what asks for little. */
export function fastTrack(...because: readonly string[]): Route {
  return { track: 'fast', functions: ['legal', 'engineering'], because };
}

/** One reason for more, and the functions that it touches. */
export type Risk = { readonly if: boolean; readonly functions: readonly CouncilFunction[]; readonly because: string };

/** The fast way while nothing speaks against it, else the full one with every function that a reason touches. */
export function routed(calm: string, base: readonly CouncilFunction[], risks: readonly Risk[]): Route {
  const met = risks.filter((risk) => risk.if);
  if (met.length === 0) return fastTrack(calm);
  return { track: 'full', functions: [...new Set([...base, ...met.flatMap((risk) => risk.functions)])], because: met.map((risk) => risk.because) };
}

/** Two ways as one that asks for what either asks for: a case is never routed to fewer. */
export function widened(route: Route, other: Route): Route {
  return {
    track: route.track === 'full' || other.track === 'full' ? 'full' : 'fast',
    functions: [...new Set([...route.functions, ...other.functions])],
    because: [...new Set([...route.because, ...other.because])],
  };
}
