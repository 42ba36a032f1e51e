/**
 * One thing that was looked at. `next` is what to do about it, null when there is nothing to do; `exitCode` what the command ends with for it:
 * 1 a fault of the office, 2 of the configuration, 3 something that cannot be reached; 0 for the rest.
 */
export type Check = {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'fault';
  readonly message: string;
  readonly next: string | null;
  readonly exitCode: 0 | 1 | 2 | 3;
};

/** Nothing to do. */
export function ok(name: string, message: string): Check {
  return { name, state: 'ok', message, next: null, exitCode: 0 };
}

/** It works, and will not for ever. */
export function warning(name: string, message: string, next: string): Check {
  return { name, state: 'warning', message, next, exitCode: 0 };
}

/** Something does not work. */
export function fault(name: string, message: string, next: string, exitCode: 1 | 2 | 3 = 1): Check {
  return { name, state: 'fault', message, next, exitCode };
}
