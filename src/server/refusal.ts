import { STATUS_CODES } from 'node:http';
import type { Failure } from './schemas/problem.ts';

/** An answer that is no success and that the caller can do something about; caught once, where replies are made. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
  }
}

/** Media type of a problem document (https://www.rfc-editor.org/rfc/rfc9457). */
export const problemType = 'application/problem+json';

/** The document of an answer that is no success; `instance` is the id to quote. */
export function failureOf(status: number, detail: string, instance: string): Failure {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, instance };
}
