import { describe, expect, it } from 'vitest';
import { utcDay } from '../fold/observation.ts';
import { episodesOf, type MatchInterval, type Stretch } from './episodes.ts';
import { findingId } from './finding-id.ts';

const ms = (text: string): number => Date.parse(text);
const day = (text: string): number => utcDay(ms(text));

function stretch(version: number, validFrom: string, knownFrom: string, validUntil: string | null = null, knownUntil: string | null = null): Stretch {
  return {
    version,
    validFrom: day(validFrom),
    validUntil: validUntil === null ? null : day(validUntil),
    knownFrom: ms(knownFrom),
    knownUntil: knownUntil === null ? null : ms(knownUntil),
    retracted: false,
  };
}

function match(
  version: number,
  knownFrom: string,
  published: string,
  knownUntil: string | null = null,
  endedBy: MatchInterval['endedBy'] = null,
): MatchInterval {
  return { version, knownFrom: ms(knownFrom), published: ms(published), knownUntil: knownUntil === null ? null : ms(knownUntil), endedBy };
}

describe('episodes of a finding', () => {
  it('run over a patch bump, end with the fix and begin anew when it comes back (example A)', () => {
    const stretches = [
      stretch(19, '2020-07-20', '2021-06-01T09:00Z', '2021-06-10', '2021-06-10T10:00Z'),
      stretch(20, '2021-06-10', '2021-06-10T10:00Z', '2021-06-20', '2021-06-20T10:00Z'),
      stretch(21, '2021-06-20', '2021-06-20T10:00Z', '2021-06-25', '2021-06-25T12:00Z'),
      stretch(20, '2021-06-25', '2021-06-25T12:00Z'),
    ];
    const matches = [match(19, '2021-06-01T08:00Z', '2021-05-06'), match(20, '2021-06-01T08:00Z', '2021-05-06')];
    expect(episodesOf(stretches, matches)).toEqual([
      {
        number: 1,
        openedAt: ms('2021-06-01T09:00Z'),
        closedAt: ms('2021-06-20T10:00Z'),
        closedBecause: 'fixed',
        exposedFrom: day('2021-05-06'),
        exposedUntil: day('2021-06-20'),
      },
      { number: 2, openedAt: ms('2021-06-25T12:00Z'), closedAt: null, closedBecause: null, exposedFrom: day('2021-06-25'), exposedUntil: null },
    ]);
  });

  it('do not begin for a stretch that was over when we learnt of it (example C)', () => {
    expect(episodesOf([stretch(230, '2023-06-01', '2023-06-12', '2023-06-10', '2023-06-12')], [match(230, '2023-05-23', '2023-05-22')])).toEqual([]);
  });

  it('stay one over a record withdrawn and restored', () => {
    const stretches = [stretch(1, '2023-01-01', '2023-01-02')];
    const before = match(1, '2023-02-01', '2023-01-31', '2023-03-01', 'withdrawn');
    expect(episodesOf(stretches, [before])).toMatchObject([{ openedAt: ms('2023-02-01'), closedAt: ms('2023-03-01'), closedBecause: 'withdrawn' }]);
    expect(episodesOf(stretches, [before, match(1, '2023-04-01', '2023-01-31')])).toMatchObject([
      { number: 1, openedAt: ms('2023-02-01'), closedAt: null },
    ]);
  });

  it('keep the clock of the earliest member when a group gains and loses records (example D)', () => {
    const stretches = [stretch(230, '2023-01-01', '2023-01-02')];
    const ghsa = match(230, '2023-05-23', '2023-05-22', '2023-06-01', 'withdrawn');
    const pysec = match(230, '2023-05-27', '2023-05-26');
    expect(episodesOf(stretches, [ghsa, pysec])).toMatchObject([{ number: 1, openedAt: ms('2023-05-23'), closedAt: null }]);
    const both = [ghsa, { ...pysec, knownUntil: ms('2023-07-01'), endedBy: 'withdrawn' as const }];
    expect(episodesOf(stretches, both)).toMatchObject([{ closedAt: ms('2023-07-01'), closedBecause: 'withdrawn' }]);
  });

  it('close as retracted, without exposure, when a better reading takes the fact back (example E)', () => {
    const taken: Stretch = { ...stretch(20, '1970-01-01', '2023-09-01', '1970-01-01', '2023-10-01'), retracted: true };
    expect(episodesOf([taken], [match(20, '2021-06-01', '2021-05-06')])).toEqual([
      { number: 1, openedAt: ms('2023-09-01'), closedAt: ms('2023-10-01'), closedBecause: 'retracted', exposedFrom: 0, exposedUntil: 0 },
    ]);
  });

  it('do not end in one evidence while another still shows the package (example F)', () => {
    const lockfile = stretch(20, '2023-01-01', '2023-01-01', '2023-02-01', '2023-02-01');
    const sbom = stretch(20, '2023-01-15', '2023-01-15');
    expect(episodesOf([lockfile, sbom], [match(20, '2021-06-01', '2021-05-06')])).toMatchObject([
      { number: 1, openedAt: ms('2023-01-01'), closedAt: null },
    ]);
  });
});

describe('a finding id', () => {
  it('is 16 characters of base32 and differs by each part', () => {
    const ids = [
      findingId('vulnerable', 'component:a/b', 'pkg:npm/lodash', 'GHSA-35jh-r3h4-6jhm'),
      findingId('vulnerable', 'component:a/c', 'pkg:npm/lodash', 'GHSA-35jh-r3h4-6jhm'),
      findingId('vulnerable', 'component:a/b', 'pkg:npm/lodash', 'CVE-2021-23337'),
    ];
    expect(ids[0]).toMatch(/^[a-z2-7]{16}$/);
    expect(new Set(ids).size).toBe(3);
  });
});
