import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { readingSubject } from '../reading/reading.ts';
import { invalid } from '../refused.ts';

const Body = z.strictObject({});

/** Goes on reading sources and feeds: first what was not read when it was stopped. */
export const resumeReading = actKind({
  id: 'resume-reading',
  summary: 'Go on reading sources and feeds',
  permission: 'sources:write',
  body: Body,
  words: null,
  subjectOf: () => readingSubject,
  judge: (desk) => (desk.reading.paused === null ? invalid('Reading was not stopped.') : null),
  fold(desk) {
    desk.reading.paused = null;
  },
});
