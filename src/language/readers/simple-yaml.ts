import { maxDepth } from './json.ts';

/**
 * The documents of a YAML stream that keeps to what programs write: block mappings, lists of scalars, scalars on one line, blocks of text, short flow
 * collections. Null for everything else, which is then left to the full parser: anchors, tags, odd numbers and indents, errors of any kind.
 * Many times as fast as the full parser, and equal to it wherever it answers.
 */
export function readSimpleYaml(text: string): readonly unknown[] | null {
  // Tabs, unusual spaces and line breaks, and what lies beyond the basic plane go to the full parser.
  if (/[^\n\r -~\u00a1-\u167f\u2010-\u2027\u2030-\u205e\u3001-\ud7ff]|\r(?!\n)/.test(text)) return null;
  const documents: Line[][] = [];
  let lines: Line[] | null = null;
  const rawLines = text.includes('\r') ? text.split(/\r?\n/) : text.split('\n');
  for (let at = 0; at < rawLines.length; at += 1) {
    const raw = rawLines[at] ?? '';
    const indent = afterSpaces(raw, 0);
    const first = raw.charCodeAt(indent);
    if (indent === 0 && startsMarker(raw, first)) {
      if (raw !== '---') return null;
      lines = [];
      documents.push(lines);
      continue;
    }
    if (indent === raw.length || first === hash) continue;
    if (lines === null) {
      lines = [];
      documents.push(lines);
    }
    const content = (raw.endsWith(' ') ? raw.trimEnd() : raw).slice(indent);
    const style = blockStyle(content);
    if (style === null) lines.push({ indent, content, block: null });
    else {
      const block = textBlockAt(rawLines, at + 1, indent, style);
      if (block === null) return null;
      lines.push({ indent, content, block: block.text });
      at = block.end - 1;
    }
  }
  const values: unknown[] = [];
  for (const document of documents) {
    const value = document.length === 0 ? { value: null } : documentOf(document);
    if (value === null) return null;
    values.push(value.value);
  }
  return values;
}

/** `block` is the text beneath a line that ends with `|` or `>`; null when it does not. */
type Line = { readonly indent: number; readonly content: string; readonly block: string | null };

const hash = 0x23;

/** Whether a line begins with `---`, `...` or `%`. */
function startsMarker(raw: string, first: number): boolean {
  return first === 0x25 || (first === 0x2d && raw.startsWith('---')) || (first === 0x2e && raw.startsWith('...'));
}

/** `|`, `|-`, `>` or `>-` where a line ends with one; null for every other line. */
function blockStyle(content: string): string | null {
  const last = content.charCodeAt(content.length - 1);
  return last === 0x7c || last === 0x3e || last === 0x2d ? (/: ([|>]-?)$/.exec(content)?.[1] ?? null) : null;
}

/** A literal or folded block of text and the line after it; null where its indent is anything but even. */
function textBlockAt(lines: readonly string[], start: number, parent: number, style: string): { readonly text: string; readonly end: number } | null {
  const parts: string[] = [];
  let indent = -1;
  let end = start;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    const at = line.search(/[^ ]/);
    if (at === -1) {
      if (line !== '') return null;
      parts.push('');
      continue;
    }
    if (at <= parent) break;
    if (indent === -1) indent = at;
    const part = line.slice(indent);
    if (at < indent || (style.startsWith('>') && /^ | $/.test(part)) || /^(?:---|\.\.\.)/.test(line)) return null;
    parts.push(part);
  }
  if (indent === -1) return null;
  const tail = parts.findLastIndex((part) => part !== '') + 1;
  const body = parts.slice(0, tail);
  const text = style.startsWith('|') ? body.join('\n') : folded(body);
  return { text: style.endsWith('-') ? text : `${text}\n`, end };
}

/** Lines joined by spaces; an empty line is a line break. */
function folded(lines: readonly string[]): string {
  let text = '';
  let breaks = 0;
  lines.forEach((line, at) => {
    if (line === '') breaks += 1;
    else {
      text += (at === 0 ? '' : breaks > 0 ? '\n'.repeat(breaks) : ' ') + line;
      breaks = 0;
    }
  });
  return text;
}

/** A value that was read; null stands for "not simple", everywhere below. */
type Simple = { readonly value: unknown };
type Table = Record<string, unknown>;
/** A block that is open: a table, or a list and where it stands in its table. */
type Block = { readonly indent: number; readonly table: Table };

function documentOf(lines: readonly Line[]): Simple | null {
  const root: Table = {};
  const first = lines[0]?.indent ?? 0;
  const open: Block[] = [{ indent: first, table: root }];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) return null;
    while ((open.at(-1)?.indent ?? 0) > line.indent) open.pop();
    const block = open.at(-1);
    const pair = pairOf(line.content);
    if (block === undefined || block.indent !== line.indent || pair === null || pair.key === '__proto__') return null;
    const { key, rest } = pair;
    const next = lines[at + 1];
    if (line.block !== null && rest.length <= 2) block.table[key] = line.block;
    else if (rest !== '') {
      const scalar = valueOf(rest);
      // A deeper line would go on with this value.
      if (scalar === null || (next !== undefined && next.indent > line.indent)) return null;
      block.table[key] = scalar.value;
    } else if (next?.content.startsWith('- ') === true && next.indent >= line.indent) {
      const list = listAt(lines, at + 1, next.indent);
      if (list === null) return null;
      block.table[key] = list.items;
      at = list.end - 1;
    } else if (next !== undefined && next.indent > line.indent) {
      const table: Table = {};
      block.table[key] = table;
      open.push({ indent: next.indent, table });
      if (open.length >= maxDepth) return null;
    } else {
      block.table[key] = null;
    }
  }
  return { value: root };
}

/** Scalars of a block list and the line after it. Lists of tables or lists are not simple. */
function listAt(lines: readonly Line[], start: number, indent: number): { readonly items: readonly unknown[]; readonly end: number } | null {
  const items: unknown[] = [];
  for (let at = start; ; at += 1) {
    const line = lines[at];
    if (line === undefined || line.indent < indent || (line.indent === indent && !line.content.startsWith('-'))) return { items, end: at };
    const text = line.content.slice(2).trimStart();
    if (line.indent !== indent || !line.content.startsWith('- ') || pairOf(text) !== null) return null;
    const item = valueOf(text);
    if (item === null) return null;
    items.push(item.value);
  }
}

/** `key: rest` or `key:`. Keys that YAML would not take for text are not simple. */
function pairOf(content: string): { readonly key: string; readonly rest: string } | null {
  if (content.startsWith("'") || content.startsWith('"')) {
    const end = endOfQuoted(content, 0);
    if (end === -1 || content[end] !== ':' || (end + 1 < content.length && content[end + 1] !== ' ')) return null;
    const key = quotedText(content.slice(0, end));
    return key === null ? null : { key, rest: content.slice(end + 1).trim() };
  }
  const colon = content.indexOf(': ');
  const end = colon === -1 && content.endsWith(':') ? content.length - 1 : colon;
  const key = content.slice(0, Math.max(0, end));
  if (end < 1 || key.endsWith(' ') || plainValue(key)?.value !== key) return null;
  return { key, rest: content.slice(end + 1).trim() };
}

function valueOf(text: string): Simple | null {
  const first = text[0];
  if (first === "'" || first === '"') {
    const value = endOfQuoted(text, 0) === text.length ? quotedText(text) : null;
    return value === null ? null : { value };
  }
  if (first !== '{' && first !== '[') return plainValue(text);
  const flow = flowAt(text, 0, 0);
  return flow?.end === text.length ? flow : null;
}

/** Offset after the closing quote; -1 when it is not closed. */
function endOfQuoted(text: string, start: number): number {
  const quote = text[start] ?? '';
  let end = text.indexOf(quote, start + 1);
  while (quote === "'" && end !== -1 && text[end + 1] === "'") end = text.indexOf(quote, end + 2);
  return end === -1 ? -1 : end + 1;
}

function quotedText(text: string): string | null {
  const inner = text.slice(1, -1);
  if (text.startsWith('"')) return inner.includes('\\') ? null : inner;
  return inner.replaceAll("''", "'");
}

/** A plain scalar by YAML's core schema; numbers only in their usual form. */
function plainValue(text: string): Simple | null {
  if (/^[-?:](?: |$)|^[,[\]{}#&*!|>'"%@`]| #|: |:$/.test(text)) return null;
  const code = text.charCodeAt(0);
  const isWord = (code >= 0x61 && code <= 0x7a) || code === 0x40 || code === 0x2f;
  if (isWord && code !== 0x74 && code !== 0x66 && code !== 0x6e) return { value: text };
  if (text === 'true' || text === 'false') return { value: text === 'true' };
  if (text === 'null') return { value: null };
  if (/^(?:~|true|false|null)$/i.test(text) || /^[-+]?\.(?:inf|nan)$/i.test(text) || /^0[xo]/.test(text)) return null;
  if (/^(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(text)) return { value: Number(text) };
  return /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/i.test(text) ? null : { value: text };
}

/** A flow collection and the offset after it. */
function flowAt(text: string, start: number, depth: number): (Simple & { readonly end: number }) | null {
  if (depth > maxFlowDepth) return null;
  const isTable = text[start] === '{';
  const table: Table = {};
  const items: unknown[] = [];
  let at = afterSpaces(text, start + 1);
  if (text[at] === (isTable ? '}' : ']')) return { value: isTable ? table : items, end: at + 1 };
  for (;;) {
    let key = '';
    if (isTable) {
      const name = flowScalarAt(text, at);
      if (typeof name?.value !== 'string' || name.value === '__proto__' || text[name.end] !== ':' || text[name.end + 1] !== ' ') return null;
      key = name.value;
      at = afterSpaces(text, name.end + 1);
    }
    const value = text[at] === '{' || text[at] === '[' ? flowAt(text, at, depth + 1) : flowScalarAt(text, at);
    if (value === null) return null;
    if (isTable) table[key] = value.value;
    else items.push(value.value);
    at = afterSpaces(text, value.end);
    if (text[at] === (isTable ? '}' : ']')) return { value: isTable ? table : items, end: at + 1 };
    if (text[at] !== ',' || text[at + 1] !== ' ') return null;
    at = afterSpaces(text, at + 1);
  }
}

const maxFlowDepth = 5;

function flowScalarAt(text: string, start: number): (Simple & { readonly end: number }) | null {
  if (text[start] === "'" || text[start] === '"') {
    const end = endOfQuoted(text, start);
    const value = end === -1 ? null : quotedText(text.slice(start, end));
    return value === null ? null : { value, end };
  }
  let end = start;
  while (end < text.length && !isFlowEnd(text, end)) end += 1;
  const value = plainValue(text.slice(start, end).trimEnd());
  return value === null || end === start || text[end] === '{' || text[end] === '[' ? null : { ...value, end };
}

function isFlowEnd(text: string, at: number): boolean {
  switch (text.charCodeAt(at)) {
    case 0x2c: // ,
    case 0x5b: // [
    case 0x5d: // ]
    case 0x7b: // {
    case 0x7d: // }
      return true;
    case 0x3a: // :
      return text.charCodeAt(at + 1) === 0x20;
    default:
      return false;
  }
}

function afterSpaces(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) === 0x20) end += 1;
  return end;
}
