/** The paragraphs of a control file, each with its fields by lower-case name and its first line; folded lines are joined. https://www.debian.org/doc/debian-policy/ch-controlfields.html */
export function* controlParagraphs(text: string): Generator<{ readonly fields: ReadonlyMap<string, string>; readonly line: number }> {
  let fields = new Map<string, string>();
  let [line, last, at] = [1, '', 0];
  for (const written of text.split('\n')) {
    at += 1;
    if (written.trim() === '') {
      if (fields.size > 0) yield { fields, line };
      [fields, last] = [new Map<string, string>(), ''];
      continue;
    }
    if (fields.size === 0) line = at;
    const colon = written.indexOf(':');
    if (/^[ \t]/.test(written)) {
      if (last !== '') fields.set(last, `${fields.get(last) ?? ''}\n${written.trim()}`);
    } else {
      last = colon === -1 ? '' : written.slice(0, colon).toLowerCase();
      // A line without a colon is kept under the empty name, so that a file of such lines is seen to be none of this kind.
      if (!fields.has(last)) fields.set(last, written.slice(colon + 1).trim());
    }
  }
  if (fields.size > 0) yield { fields, line };
}
