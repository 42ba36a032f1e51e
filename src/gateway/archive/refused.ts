import type { Problem } from '#model/problem.ts';

/** Ends the reading of an archive that breaks a limit or is damaged; caught where the archive is opened, and told as the problem it holds. */
export class RefusedArchive extends Error {
  readonly problem: Problem;

  constructor(code: string, message: string) {
    super(message);
    this.problem = { code, message, severity: 'error' };
  }
}
