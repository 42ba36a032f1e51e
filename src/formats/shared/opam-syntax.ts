/** A package that a formula names, with what its braces say, and the same words as a list of `operator "version"` and flags. */
export type OpamAtom = { readonly name: string; readonly filter: readonly string[] };

/** Fields of an opam file: texts in order of what stands in each value, with the filter that follows each. */
export type OpamFile = { readonly fields: ReadonlyMap<string, readonly OpamAtom[]>; readonly badLine: number | null };

const tokenPattern =
  /(\s+|#[^\n]*|\(\*(?:[^*]|\*(?!\)))*\*\))|("""(?:[^\\"]|\\[^]|"(?!""))*"""|"(?:[^"\\]|\\[^])*")|([A-Za-z0-9_][A-Za-z0-9_+:.-]*)|(>=|<=|!=|=|<|>|~|\?|!|&|\||[[\]{}():])/y;

/**
 * Reads opam's own notation as far as packages need it: for each field the texts in it and the braces behind each.
 * Sections (`url { … }`) are passed over. https://opam.ocaml.org/doc/Manual.html#Common-file-format
 */
export function readOpamSyntax(text: string): OpamFile {
  const fields = new Map<string, OpamAtom[]>();
  let field: OpamAtom[] | null = null;
  let filter: string[] | null = null;
  let [depth, braces] = [0, 0];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (match === null) return { fields, badLine: text.slice(0, at).split('\n').length };
    const [, space, quoted, word, sign] = match;
    if (space !== undefined) continue;
    if (sign === '{') {
      braces++;
      if (braces === 1) filter = field === null ? null : [];
    } else if (sign === '}') {
      braces = Math.max(0, braces - 1);
      if (braces === 0) filter = null;
    } else if (braces > 0) {
      if (filter !== null) appendFilter(field, filter, quoted === undefined ? (word ?? sign ?? '') : quoted);
    } else if (sign === '[' || sign === '(') depth++;
    else if (sign === ']' || sign === ')') depth = Math.max(0, depth - 1);
    else if (quoted !== undefined) field?.push({ name: unquoted(quoted), filter: [] });
    else if (word !== undefined && depth === 0) field = headingOf(word, text.slice(tokenPattern.lastIndex), fields);
  }
  return { fields, badLine: depth > 0 || braces > 0 ? text.split('\n').length : null };
}

/** The list of the field that begins here: `depends:`; null for a section or a word of a value. */
function headingOf(word: string, rest: string, fields: Map<string, OpamAtom[]>): OpamAtom[] | null {
  const name = word.endsWith(':') ? word.slice(0, -1) : /^[ \t]*:/.test(rest) ? word : null;
  if (name === null) return null;
  const list: OpamAtom[] = [];
  fields.set(name, list);
  return list;
}

function appendFilter(field: OpamAtom[] | null, filter: string[], token: string): void {
  filter.push(token);
  const last = field?.pop();
  if (last !== undefined) field?.push({ name: last.name, filter: [...filter] });
}

function unquoted(written: string): string {
  const size = written.startsWith('"""') ? 3 : 1;
  return written.slice(size, -size).replace(/\\([^])/g, '$1');
}
