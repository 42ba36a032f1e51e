import type { Decision } from '#server/schemas/decision.ts';

/** Says of a retired component since when, by whom and why. */
export function Retired({ retirement, at }: { readonly retirement: Decision | null; readonly at: string }) {
  return (
    <p role="status">
      Retired on {at.slice(0, 10)}
      {retirement !== null && (
        <>
          {' '}
          by {retirement.author}, {retirement.authority ?? 'authority erased'}: “{retirement.reason ?? 'reason erased'}”
        </>
      )}
      . Its findings are closed as retired; pages of days before show it as it was.
    </p>
  );
}
