/** One logical line of a requirements file: continuations joined, comments cut off. */
export type LogicalLine = {
  readonly text: string;
  /** One-based line on which it starts. */
  readonly line: number;
  /** What pip-compile's `# via` note names: packages that need this one, files and projects that ask for it. Empty without a note. */
  readonly via: readonly string[];
};

/** The lines of a requirements file that say something, in order. */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: { text: string; line: number; via: string[] }[] = [];
  let joined = '';
  let start = 0;
  let inNote = false;
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const isComment = /^\s*#/.test(raw);
    if (isComment && joined === '') inNote = readNote(raw, lines.at(-1)?.via, inNote);
    if (joined === '') start = index + 1;
    if (!isComment && raw.endsWith('\\')) {
      joined += `${raw.slice(0, -1)} `;
      continue;
    }
    // A comment line ends a continuation, as it does for pip.
    const whole = isComment ? joined : joined + raw;
    joined = '';
    const comment = /(?:^|\s)#.*$/.exec(whole);
    const content = (comment === null ? whole : whole.slice(0, comment.index)).trim();
    if (content === '') continue;
    const via: string[] = [];
    lines.push({ text: content, line: start, via });
    inNote = comment !== null && readNote(comment[0], via, false);
    if (isComment) inNote = readNote(raw, via, false);
  }
  if (joined.trim() !== '') lines.push({ text: joined.trim(), line: start, via: [] });
  return lines;
}

/** Adds what a comment's note names; true while the following comment lines may go on with it. */
function readNote(comment: string, via: string[] | undefined, inNote: boolean): boolean {
  const words = comment.replace(/^\s*#/, '');
  const first = /^\s*via\b(.*)$/.exec(words);
  if (via === undefined || (first === null && !(inNote && /^\s{2,}\S/.test(words)))) return false;
  for (const name of (first?.[1] ?? words).split(',')) {
    if (name.trim() !== '') via.push(name.trim());
  }
  return true;
}
