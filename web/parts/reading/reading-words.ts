import type { Reading, ReadingSource } from '#server/schemas/reading.ts';
import { counted } from '../words.ts';

/** The state of a source that is being read, for people. */
export const stateWords: Readonly<Record<ReadingSource['state'], string>> = {
  waiting: 'Waits its turn',
  reading: 'Being read',
  read: 'Read',
  problems: 'Read, with problems',
  failed: 'Could not be read',
  stopped: 'Stopped',
};

/** States in which nothing more comes of a source for now. */
export const endedStates: ReadonlySet<ReadingSource['state']> = new Set(['read', 'problems', 'failed']);

/** How much of a source was read, from 0 to 1; what could not be read was not. */
export function partlyDone({ state, part }: Pick<ReadingSource, 'state' | 'part'>): number {
  if (state === 'read' || state === 'problems') return 1;
  return state === 'reading' && part !== null ? (part.number - 1) / part.of : 0;
}

/** The state of it all in a few words. */
export function titleOf({ state, sources }: Pick<Reading, 'state' | 'sources'>): string {
  switch (state) {
    case 'none':
      return 'Nothing is configured to be read';
    case 'reading':
      return sources.length === 0 ? 'Sources are being read' : `Reading ${counted(sources.length, 'source')}`;
    case 'waiting':
      return 'Sources wait to be read';
    case 'stopping':
      return 'Reading stops after what is being read';
    case 'stopped':
      return 'Reading was stopped; what was read stays';
    case 'read':
      return sources.some((source) => source.state === 'failed') ? 'Read, as far as it could be' : 'Everything was read';
    default:
      return state satisfies never;
  }
}
