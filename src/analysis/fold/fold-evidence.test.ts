import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asKnownAt } from './as-known-at.ts';
import { comesLast, foldEvidence, observe, unseen, type EvidenceState } from './fold-evidence.ts';
import { utcDay, type Observation } from './observation.ts';

const ms = (text: string): number => Date.parse(text);
const day = (text: string): number => utcDay(ms(text));
let seq = 0;

function seen(validAt: string, receivedAt: string, ...ids: number[]): Observation {
  seq += 1;
  const received = ms(receivedAt);
  return {
    seq,
    validAt: ms(validAt),
    receivedAt: received,
    state: 'read',
    readings: [{ readAt: received, items: new Map(ids.map((id) => [id, 0])) }],
  };
}

const openOf = (state: EvidenceState): unknown => [...state.open.values()].map(({ id, validFrom, knownFrom }) => ({ id, validFrom, knownFrom }));
const closedOf = (state: EvidenceState): unknown => state.closed.map(({ flags: _, ...rest }) => rest);

describe('the fold of one evidence', () => {
  it('keeps a package version that stays from the first time it was true and known', () => {
    const state = foldEvidence([seen('2021-01-01', '2021-02-01', 1), seen('2021-03-01', '2021-03-02', 1)]);
    expect(openOf(state)).toEqual([{ id: 1, validFrom: day('2021-01-01'), knownFrom: ms('2021-02-01') }]);
    expect(state.closed).toEqual([]);
  });

  it('ends a valid stretch at the commit and a known one at the scan (example B)', () => {
    const state = foldEvidence([seen('2021-12-01', '2021-12-11', 214), seen('2021-12-14', '2021-12-15', 216)]);
    expect(closedOf(state)).toEqual([
      {
        id: 214,
        validFrom: day('2021-12-01'),
        validUntil: day('2021-12-14'),
        knownFrom: ms('2021-12-11'),
        knownUntil: ms('2021-12-15'),
        retracted: false,
      },
    ]);
  });

  it('keeps everything, stale, while receipts cannot show it (example B)', () => {
    const good = seen('2021-12-01', '2021-12-11', 214);
    const failed: Observation = { seq: 900, validAt: ms('2021-12-12'), receivedAt: ms('2021-12-12'), state: 'stale', readings: [] };
    const state = foldEvidence([good, failed]);
    expect(state.staleSince).toBe(ms('2021-12-11'));
    expect(state.open.has(214)).toBe(true);
    expect(foldEvidence([good, failed, seen('2021-12-14', '2021-12-15', 216)]).staleSince).toBeNull();
  });

  it('lets a late older SBOM fill only its own stretch (example C)', () => {
    const state = foldEvidence([seen('2023-06-10', '2023-06-10', 231), seen('2023-06-01', '2023-06-12', 230)]);
    expect(openOf(state)).toEqual([{ id: 231, validFrom: day('2023-06-10'), knownFrom: ms('2023-06-10') }]);
    expect(closedOf(state)).toEqual([
      {
        id: 230,
        validFrom: day('2023-06-01'),
        validUntil: day('2023-06-10'),
        knownFrom: ms('2023-06-12'),
        knownUntil: ms('2023-06-12'),
        retracted: false,
      },
    ]);
  });

  it('knows what a better reader adds from its reading, and valid from the commit (example E)', () => {
    const bytes = seen('2023-06-01', '2023-06-02', 1);
    const better: Observation = {
      ...bytes,
      readings: [
        ...bytes.readings,
        {
          readAt: ms('2023-09-01'),
          items: new Map([
            [1, 0],
            [2, 0],
          ]),
        },
      ],
    };
    expect(openOf(foldEvidence([better]))).toEqual([
      { id: 1, validFrom: day('2023-06-01'), knownFrom: ms('2023-06-02') },
      { id: 2, validFrom: day('2023-06-01'), knownFrom: ms('2023-09-01') },
    ]);
    expect([...foldEvidence(asKnownAt([better], ms('2023-07-01'))).open.keys()]).toEqual([1]);
    const third: Observation = { ...better, readings: [...better.readings, { readAt: ms('2023-10-01'), items: new Map([[1, 0]]) }] };
    expect(closedOf(foldEvidence([third]))).toEqual([
      { id: 2, validFrom: 0, validUntil: 0, knownFrom: ms('2023-09-01'), knownUntil: ms('2023-10-01'), retracted: true },
    ]);
  });

  it('counts bytes that come back as known from their return, not from their first reading', () => {
    const first = seen('2021-01-01', '2021-01-01', 1);
    const back: Observation = { seq: 999_999, validAt: ms('2021-03-01'), receivedAt: ms('2021-03-02'), state: 'read', readings: first.readings };
    const state = foldEvidence([first, seen('2021-02-01', '2021-02-01', 2), back]);
    expect(openOf(state)).toEqual([{ id: 1, validFrom: day('2021-03-01'), knownFrom: ms('2021-03-02') }]);
  });

  it('ends when a complete receipt says absent', () => {
    const gone: Observation = { seq: 1_000_000, validAt: ms('2022-01-01'), receivedAt: ms('2022-01-02'), state: 'absent', readings: [] };
    const state = foldEvidence([seen('2021-01-01', '2021-01-01', 1), gone]);
    expect([state.ended, state.open.size, state.closed.length]).toEqual([true, 0, 1]);
  });

  it('gives the same whatever the order of arrival, and step by step what it gives at once', () => {
    const observation = fc
      .record({
        valid: fc.integer({ min: 0, max: 20 }),
        delay: fc.integer({ min: 0, max: 5 }),
        state: fc.constantFrom('read', 'read', 'read', 'absent', 'stale'),
        ids: fc.uniqueArray(fc.integer({ min: 1, max: 5 })),
      })
      .map(({ valid, delay, state, ids }) => ({ validAt: valid * 86_400_000, receivedAt: (valid + delay) * 86_400_000, state, ids }));
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 8 }), (list) => {
        const observations = list
          .sort((a, b) => a.receivedAt - b.receivedAt)
          .map((each, index): Observation => {
            const { state } = each;
            const readings = state === 'read' ? [{ readAt: each.receivedAt + 1, items: new Map(each.ids.map((id) => [id, 0])) }] : [];
            return { seq: index, validAt: state === 'stale' ? each.receivedAt : each.validAt, receivedAt: each.receivedAt, state, readings };
          });
        const atOnce = foldEvidence(observations);
        expect(foldEvidence([...observations].reverse())).toEqual(atOnce);
        let stepped: EvidenceState = unseen;
        observations.forEach((each, index) => {
          stepped = comesLast(stepped, each) ? observe(stepped, each) : foldEvidence(observations.slice(0, index + 1));
        });
        expect(stepped).toEqual(atOnce);
      }),
      { numRuns: 500 },
    );
  });
});
