import { describe, expect, it } from 'vitest';
import type { ReadingSource } from '#server/schemas/reading.ts';
import { partlyDone } from './reading-words.ts';

describe('how much of a source was read', () => {
  it.each<[name: string, source: Pick<ReadingSource, 'state' | 'part'>, share: number]>([
    ['nothing while it waits', { state: 'waiting', part: null }, 0],
    ['nothing before the first repository is done', { state: 'reading', part: { name: 'a', number: 1, of: 4 } }, 0],
    ['those before the one that is being read', { state: 'reading', part: { name: 'd', number: 4, of: 4 } }, 0.75],
    ['all of it, also with problems in its files', { state: 'problems', part: null }, 1],
    ['nothing where it could not be read', { state: 'failed', part: null }, 0],
    ['not known as read where somebody stopped', { state: 'stopped', part: null }, 0],
  ])('%s', (_name, source, share) => {
    expect(partlyDone(source)).toBe(share);
  });
});
