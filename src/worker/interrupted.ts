/** What a job ends with that was told to stop between two steps: it is no failure, and the job stays due. */
export class Interrupted extends Error {
  constructor() {
    super('It was stopped, and goes on the next time.');
  }
}
