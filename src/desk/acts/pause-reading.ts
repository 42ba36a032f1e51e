import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { readingSubject } from '../reading/reading.ts';
import { invalid } from '../refused.ts';

const Body = z.strictObject({});

/** Stops reading sources and feeds, in every process, after what is being read. What was read stays. */
export const pauseReading = actKind({
  id: 'pause-reading',
  summary: 'Stop reading sources and feeds until somebody resumes',
  permission: 'sources:write',
  body: Body,
  words: null,
  subjectOf: () => readingSubject,
  judge: (desk) => (desk.reading.paused === null ? null : invalid('Reading was stopped already.')),
  fold(desk, { actor, at }) {
    desk.reading.paused = { by: actor, at };
  },
});
