import { describe, expect, it } from 'vitest';
import { drillLedger } from './ledger.ts';
import { tamperings } from './tamperings.ts';

describe('the verifier of the ledger', () => {
  const { failed, details } = drillLedger({ tampered: tamperings.length * 2, untouched: 20, seed: 7 });

  it('finds every falsification, names where, and says nothing of untouched ledgers', () => {
    expect({ failed, details }).toMatchObject({ failed: 0, details: { missed: {}, falseAlarms: 0, found: tamperings.length * 2 } });
  });

  it('misses without a checkpoint from outside exactly what only that can show', () => {
    const { missedWithoutCheckpoints } = details as { readonly missedWithoutCheckpoints: Readonly<Record<string, number>> };
    expect(Object.keys(missedWithoutCheckpoints).sort()).toEqual(
      tamperings
        .filter((each) => each.needsOutside)
        .map((each) => each.name)
        .sort(),
    );
  });
});
