/** What an expression of Bazel's language comes to where it is written out: text, a list, or null for what only a run would tell. */
export type StarlarkValue = string | readonly StarlarkValue[] | null;

/** A call that stands as a statement of its own: `maven.install(artifacts = […])`. */
export type StarlarkCall = {
  /** Dotted name as written; `use_extension` names are kept in `extensions`. */
  readonly callee: string;
  readonly positional: readonly StarlarkValue[];
  readonly named: ReadonlyMap<string, StarlarkValue>;
  readonly line: number;
};

/** What a file says at its top level. `extensions`: names given to `use_extension(file, name)`, as `file name`. `badLine`: where it stops being Starlark; null when it does not. */
export type StarlarkFile = {
  readonly calls: readonly StarlarkCall[];
  readonly extensions: ReadonlyMap<string, string>;
  readonly badLine: number | null;
};

/** More characters than this in one value, or entries in one list, are no honest build file. */
const maxSize = 100_000;
const maxDepth = 100;
/** Nor are more words than this in one file. */
const maxTokens = 200_000;

/**
 * Reads the top level of a BUILD, MODULE or WORKSPACE file without running it: texts, lists, sums of them and names given to them;
 * functions, loops and conditions are passed over. https://github.com/bazelbuild/starlark/blob/master/spec.md
 */
export function readStarlark(text: string): StarlarkFile {
  const { tokens, badLine } = tokensOf(text);
  const state: State = { tokens, at: 0, names: new Map(), extensions: new Map(), calls: [] };
  try {
    while (state.at < tokens.length) readStatement(state);
  } catch (error) {
    if (!(error instanceof NotStarlark)) throw error;
    return { calls: state.calls, extensions: state.extensions, badLine: badLine ?? error.line };
  }
  return { calls: state.calls, extensions: state.extensions, badLine };
}

type Token = { readonly kind: 'name' | 'text' | 'sign' | 'number' | 'end'; readonly value: string; readonly line: number; readonly indent: number };
type State = {
  readonly tokens: readonly Token[];
  at: number;
  readonly names: Map<string, StarlarkValue>;
  readonly extensions: Map<string, string>;
  readonly calls: StarlarkCall[];
};

class NotStarlark extends Error {
  readonly line: number;
  constructor(line: number) {
    super('not Starlark');
    this.line = line;
  }
}

const tokenPattern =
  /([ \t\r]+|\\\r?\n|#[^\n]*)|(\n)|([rb]{0,2}(?:"""(?:[^\\]|\\[^])*?"""|'''(?:[^\\]|\\[^])*?'''|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'))|([A-Za-z_][A-Za-z0-9_]*)|(\d[\w.]*)|(\*\*|\/\/|<<|>>|[=!<>+*/%|&^-]=|[-+*/%|&^~<>=()[\]{}:;,.])/y;

/** An `end` token closes each logical line; within brackets line breaks do not count. */
function tokensOf(text: string): { readonly tokens: readonly Token[]; readonly badLine: number | null } {
  const tokens: Token[] = [];
  let [line, open, lineStart] = [1, 0, 0];
  let indent = 0;
  let isNewLine = true;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (match === null || open > maxDepth || tokens.length > maxTokens) return { tokens: closed(tokens, line), badLine: line };
    const [whole, space, lineBreak, quoted, name, number, sign] = match;
    if (space === undefined && lineBreak === undefined && isNewLine && open === 0) [indent, isNewLine] = [at - lineStart, false];
    if (lineBreak !== undefined && open === 0 && tokens.at(-1)?.kind !== 'end' && tokens.length > 0)
      tokens.push({ kind: 'end', value: '', line, indent });
    if (quoted !== undefined) tokens.push({ kind: 'text', value: unquoted(quoted), line, indent });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name, line, indent });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number, line, indent });
    else if (sign !== undefined) {
      if ('([{'.includes(sign)) open++;
      else if (')]}'.includes(sign)) open = Math.max(0, open - 1);
      tokens.push({ kind: 'sign', value: sign, line, indent });
    }
    for (let index = whole.indexOf('\n'); index !== -1; index = whole.indexOf('\n', index + 1)) [line, lineStart] = [line + 1, at + index + 1];
    if (lineBreak !== undefined && open === 0) isNewLine = true;
  }
  return { tokens: closed(tokens, line), badLine: open > 0 ? line : null };
}

function closed(tokens: Token[], line: number): readonly Token[] {
  if (tokens.length > 0 && tokens.at(-1)?.kind !== 'end') tokens.push({ kind: 'end', value: '', line, indent: 0 });
  return tokens;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', "'": "'", '\n': '' };

function unquoted(written: string): string {
  const start = written.search(/["']/);
  const size = /^(?:"""|''')/.test(written.slice(start)) ? 3 : 1;
  const inside = written.slice(start + size, -size);
  return written.slice(0, start).includes('r') ? inside : inside.replace(/\\([^])/g, (whole, sign: string) => escapes[sign] ?? whole);
}

function readStatement(state: State): void {
  const first = peek(state);
  if (first.kind === 'end') state.at++;
  else if (first.kind === 'name' && ['def', 'if', 'elif', 'else', 'for', 'while'].includes(first.value)) passBlock(state, first.indent);
  else if (first.indent > 0) passLine(state);
  else if (first.kind === 'name' && state.tokens[state.at + 1]?.value === '=') assign(state, first.value);
  else if (first.kind === 'name' && state.tokens[state.at + 1]?.value === '+=') assign(state, first.value, state.names.get(first.value) ?? null);
  else {
    readSum(state, 0, true);
    passLine(state);
  }
}

function assign(state: State, name: string, before?: StarlarkValue): void {
  state.at += 2;
  const extension = extensionAt(state);
  const value = readSum(state, 0, false);
  if (extension !== null) state.extensions.set(name, extension);
  state.names.set(name, before === undefined ? value : sum(before, value));
  passLine(state);
}

/** `use_extension("file", "name"` ahead. */
function extensionAt({ tokens, at }: State): string | null {
  const [callee, open, file, comma, name] = tokens.slice(at, at + 5);
  const isUse = callee?.value === 'use_extension' && open?.value === '(' && comma?.value === ',';
  return isUse && file?.kind === 'text' && name?.kind === 'text' ? `${file.value} ${name.value}` : null;
}

/** A block is the rest of its heading's line and every line that is further in. */
function passBlock(state: State, indent: number): void {
  passLine(state);
  while (state.at < state.tokens.length && peek(state).indent > indent) passLine(state);
}

function passLine(state: State): void {
  while (state.at < state.tokens.length && peek(state).kind !== 'end') state.at++;
  state.at++;
}

function readSum(state: State, depth: number, isStatement: boolean): StarlarkValue {
  let value = readTerm(state, depth, isStatement);
  while (peek(state).value === '+' && peek(state).kind === 'sign') {
    state.at++;
    value = sum(value, readTerm(state, depth, false));
  }
  return value;
}

function sum(a: StarlarkValue, b: StarlarkValue): StarlarkValue {
  if (typeof a === 'string' && typeof b === 'string') return a.length + b.length > maxSize ? null : a + b;
  if (!Array.isArray(a) && !Array.isArray(b)) return null;
  // What is not known of a list does not make the rest of it unknown.
  const [left, right] = [Array.isArray(a) ? a : [null], Array.isArray(b) ? b : [null]];
  return left.length + right.length > maxSize ? null : [...(left as StarlarkValue[]), ...(right as StarlarkValue[])];
}

function readTerm(state: State, depth: number, isStatement: boolean): StarlarkValue {
  const token = peek(state);
  if (depth > maxDepth) throw new NotStarlark(token.line);
  state.at++;
  if (token.kind === 'text') return readTexts(state, token.value);
  if (token.kind === 'sign' && token.value === '[') return readList(state, depth, ']');
  if (token.kind === 'sign' && token.value === '(') return readParenthesis(state, depth);
  if (token.kind === 'name') return readName(state, token, depth, isStatement);
  if (token.kind === 'sign' && token.value === '{') return passTo(state, '}');
  if (token.kind === 'number') return passOperand(state);
  if (token.kind === 'sign' && ['-', '*', '**'].includes(token.value)) {
    readTerm(state, depth + 1, false);
    return null;
  }
  throw new NotStarlark(token.line);
}

/** Anything may follow a text but what makes it another one: `%`, `.format(`. */
function readTexts(state: State, value: string): StarlarkValue {
  return ['%', '.', '['].includes(peek(state).value) && peek(state).kind === 'sign' ? passOperand(state) : value;
}

function readList(state: State, depth: number, end: string): StarlarkValue {
  const entries: StarlarkValue[] = [];
  while (peek(state).value !== end || peek(state).kind !== 'sign') {
    entries.push(readSum(state, depth + 1, false));
    const next = peek(state);
    if (next.kind === 'sign' && next.value === ',') state.at++;
    else if (next.value !== end) return passTo(state, end);
  }
  state.at++;
  return entries;
}

function readParenthesis(state: State, depth: number): StarlarkValue {
  const value = readList(state, depth, ')');
  return Array.isArray(value) && value.length === 1 ? ((value[0] as StarlarkValue | undefined) ?? null) : value;
}

function readName(state: State, token: Token, depth: number, isStatement: boolean): StarlarkValue {
  let callee = token.value;
  while (peek(state).value === '.' && peek(state).kind === 'sign' && state.tokens[state.at + 1]?.kind === 'name') {
    callee += `.${state.tokens[state.at + 1]?.value ?? ''}`;
    state.at += 2;
  }
  if (peek(state).value !== '(' || peek(state).kind !== 'sign') {
    const isPlain = peek(state).value !== '[' && peek(state).value !== '%';
    return isPlain ? (state.names.get(callee) ?? null) : passOperand(state);
  }
  state.at++;
  const positional: StarlarkValue[] = [];
  const named = new Map<string, StarlarkValue>();
  while (peek(state).value !== ')' || peek(state).kind !== 'sign') {
    const first = peek(state);
    if (first.kind === 'name' && state.tokens[state.at + 1]?.value === '=') {
      state.at += 2;
      named.set(first.value, readSum(state, depth + 1, false));
    } else positional.push(readSum(state, depth + 1, false));
    const next = peek(state);
    if (next.kind === 'sign' && next.value === ',') state.at++;
    else if (next.value !== ')') {
      passTo(state, ')', false);
      break;
    }
  }
  state.at++;
  if (isStatement) state.calls.push({ callee, positional, named, line: token.line });
  return null;
}

/** Goes past what makes an operand something only a run would tell, up to what ends it. */
function passOperand(state: State): null {
  let open = 0;
  while (state.at < state.tokens.length) {
    const { kind, value } = peek(state);
    if (kind === 'end') break;
    if (kind === 'sign' && open === 0 && [',', ')', ']', '}', '+'].includes(value)) break;
    if (kind === 'sign' && '([{'.includes(value)) open++;
    if (kind === 'sign' && ')]}'.includes(value)) open--;
    state.at++;
  }
  return null;
}

/** Goes on to the bracket that closes the present one: what stands between (a comprehension, a condition) only a run would tell. */
function passTo(state: State, end: string, isTaken = true): null {
  let open = 0;
  for (; state.at < state.tokens.length; state.at++) {
    const { kind, value, line } = peek(state);
    if (kind === 'end') throw new NotStarlark(line);
    if (kind !== 'sign') continue;
    if (open === 0 && value === end) {
      if (isTaken) state.at++;
      return null;
    }
    if ('([{'.includes(value)) open++;
    if (')]}'.includes(value)) open--;
  }
  return null;
}

function peek({ tokens, at }: State): Token {
  return tokens[at] ?? { kind: 'end', value: '', line: tokens.at(-1)?.line ?? 1, indent: 0 };
}
