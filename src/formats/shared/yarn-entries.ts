/** One entry of a yarn.lock: what it answers for and what it says. */
export type YarnEntry = {
  /** Descriptors `name@range`, as written without quotes. */
  readonly keys: readonly string[];
  readonly fields: ReadonlyMap<string, string>;
  /** Lines one level deeper by the block they stand in: `dependencies`, `optionalDependencies`, `dependenciesMeta` … */
  readonly blocks: ReadonlyMap<string, readonly (readonly [name: string, value: string])[]>;
  readonly line: number;
};

/** What could not be read, and where. */
export type YarnFlaw = { readonly code: 'bad-line' | 'merge-conflict'; readonly line: number };

/**
 * Reads the indented lines that yarn 1 and yarn berry both write: `key value` and `key: value`, two spaces a level. Never fails; flaws are given beside.
 * https://github.com/yarnpkg/yarn/blob/master/src/lockfile/parse.js, https://github.com/yarnpkg/berry/tree/master/packages/yarnpkg-parsers
 */
export function readYarnEntries(text: string): { readonly entries: readonly YarnEntry[]; readonly flaws: readonly YarnFlaw[] } {
  const entries: YarnEntry[] = [];
  const flaws: YarnFlaw[] = [];
  let fields = new Map<string, string>();
  let blocks = new Map<string, (readonly [string, string])[]>();
  let block: (readonly [string, string])[] = [];
  let line = 0;
  for (const raw of linesOf(text)) {
    line += 1;
    const content = raw.trimStart();
    if (content === '' || content.startsWith('#')) continue;
    const indent = raw.length - content.length;
    if (indent === 0) {
      // Berry writes a key of more than 1,024 characters as `? key` with its colon on the next line.
      if (content === ':') continue;
      const isLong = content.startsWith('? ');
      const keys = isLong ? keysOf(content.slice(2)) : content.endsWith(':') ? keysOf(content.slice(0, -1)) : null;
      if (keys === null) flaws.push({ code: /^(?:<{7}|={7}|>{7}|\|{7})/.test(content) ? 'merge-conflict' : 'bad-line', line });
      fields = new Map();
      blocks = new Map();
      if (keys !== null) entries.push({ keys, fields, blocks, line });
      continue;
    }
    const pair = pairOf(content);
    if (pair === null) flaws.push({ code: 'bad-line', line });
    else if (indent > 2) block.push(pair);
    else if (pair[1] !== '') fields.set(pair[0], pair[1]);
    else {
      block = blocks.get(pair[0]) ?? [];
      blocks.set(pair[0], block);
    }
  }
  return { entries, flaws };
}

function* linesOf(text: string): Generator<string> {
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    yield text.slice(start, text.charCodeAt(end - 1) === 0x0d ? end - 1 : end).trimEnd();
    start = end + 1;
  }
  yield text.slice(start).trimEnd();
}

/** Berry writes all descriptors in one pair of quotes, yarn 1 each in its own where needed. */
function keysOf(text: string): readonly string[] | null {
  const keys: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [key, end] = tokenAt(text, at, ',');
    for (const each of text[at] === '"' ? key.split(', ') : [key]) keys.push(each.trim());
    at = end;
    while (text[at] === ',' || text[at] === ' ') at += 1;
  }
  return keys.length === 0 || keys.includes('') ? null : keys;
}

function pairOf(content: string): readonly [string, string] | null {
  const isQuoted = content.startsWith('"');
  const [name, end] = isQuoted ? tokenAt(content, 0, ' ') : bareName(content);
  if (name === '') return null;
  let at = end;
  while (content[at] === ':' || content[at] === ' ') at += 1;
  const rest = content.slice(at);
  return [name, rest.startsWith('"') ? tokenAt(rest, 0, '\n')[0] : rest];
}

/** A bare name ends at a space, or at a colon before a space or the end: names such as `a:b` do not occur bare. */
function bareName(content: string): readonly [string, number] {
  const space = content.indexOf(' ');
  const end = space === -1 ? content.length : space;
  return content[end - 1] === ':' ? [content.slice(0, end - 1), end] : [content.slice(0, end), end];
}

/** A quoted or bare token and the offset after it. */
function tokenAt(text: string, start: number, stop: string): readonly [string, number] {
  if (text[start] !== '"') {
    const end = text.indexOf(stop, start);
    return end === -1 ? [text.slice(start), text.length] : [text.slice(start, end), end];
  }
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && text[end - 1] === '\\') end = text.indexOf('"', end + 1);
  const inner = text.slice(start + 1, end === -1 ? text.length : end);
  return [inner.includes('\\') ? inner.replace(/\\(.)/g, '$1') : inner, end === -1 ? text.length : end + 1];
}
