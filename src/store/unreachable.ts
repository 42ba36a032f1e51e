/** By Node's own codes and by SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const codes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // Ended by an administrator, by a crash, or starting.
  '57P01',
  '57P02',
  '57P03',
  // A standby, or a primary that has become one.
  '25006',
  '53300',
]);

const said =
  /^Connection terminated|not queryable|timeout exceeded when trying to connect|^Client has encountered a connection error|no host takes writes/i;

/** True when an error says that the database cannot be had at this moment, whatever was asked of it. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return codes.has(code) || /^08/.test(code) || said.test(error.message) || (error.cause !== undefined && isUnreachable(error.cause));
}
