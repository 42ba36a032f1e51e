import type { CouncilFunction } from './functions.ts';

/** A seat in the council. Times are Unix milliseconds. */
export type Seat = {
  readonly id: string;
  readonly person: string;
  readonly function: CouncilFunction;
  /** The seat whose holder this one stands in for; null for a seat of its own. */
  readonly deputyOf: string | null;
  readonly by: string;
  readonly from: number;
  /** End of the term; null means until somebody ends it. */
  readonly until: number | null;
  ended: { readonly at: number; readonly by: string } | null;
};

/** True while its holder has it. A deputy's seat goes with the seat that it stands in for. */
export function isSeated(seats: ReadonlyMap<string, Seat>, seat: Seat, now: number): boolean {
  if (seat.ended !== null || seat.from > now || (seat.until !== null && seat.until <= now)) return false;
  const of = seat.deputyOf === null ? null : seats.get(seat.deputyOf);
  return of === null || (of !== undefined && isSeated(seats, of, now));
}
