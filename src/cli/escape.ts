import { escaped } from '#language/escaped.ts';

/** A line that a build server's log must not take for a command: `::` at the start is broken up, and what is unsafe in a terminal is escaped. */
export function escapedLine(text: string): string {
  const safe = escaped(text);
  return safe.replace(/^(\s*)::/, '$1: :');
}
