/** One directive of a go.mod: `require a v1` stands alone or in a block. */
export type GoDirective = { readonly verb: string; readonly words: readonly string[]; readonly isIndirect: boolean; readonly line: number };

/** The directives of a go.mod in order, blocks opened up; `bad` holds lines that are none. https://go.dev/ref/mod#go-mod-file-lexical */
export function readGoDirectives(text: string): { readonly directives: readonly GoDirective[]; readonly bad: readonly number[] } {
  const directives: GoDirective[] = [];
  const bad: number[] = [];
  let block: string | null = null;
  for (const [index, raw] of withoutBlockComments(text).split('\n').entries()) {
    const line = index + 1;
    const { words, comment } = wordsOf(raw);
    const [first, second] = words;
    if (first === undefined) continue;
    if (block !== null && first === ')') {
      block = null;
    } else if (block !== null) {
      directives.push({ verb: block, words, isIndirect: isIndirect(comment), line });
    } else if (second === '(' && words.length === 2) {
      block = first;
    } else if (/^[a-z]+$/.test(first) && second !== undefined) {
      directives.push({ verb: first, words: words.slice(1), isIndirect: isIndirect(comment), line });
    } else if (!(second === '(' && words[2] === ')')) {
      bad.push(line);
    }
  }
  return { directives, bad };
}

/** Modules of a go.sum: each line's module and version, `hasCode` when the line hashes the module and not only its go.mod. https://go.dev/ref/mod#go-sum-files */
export function readGoSum(text: string): { readonly modules: readonly GoSumLine[]; readonly bad: readonly number[] } {
  const modules: GoSumLine[] = [];
  const bad: number[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const words = raw.trim().split(/\s+/);
    const [path, version, hash] = words;
    if (path === undefined || path === '') continue;
    if (words.length !== 3 || version === undefined || !/^v\d/.test(version) || hash?.startsWith('h1:') !== true) {
      bad.push(index + 1);
      continue;
    }
    const hasCode = !version.endsWith('/go.mod');
    modules.push({ path, version: hasCode ? version : version.slice(0, -'/go.mod'.length), hasCode });
  }
  return { modules, bad };
}

export type GoSumLine = { readonly path: string; readonly version: string; readonly hasCode: boolean };

/** One version per module: the last, since go keeps the file sorted by version and builds with the highest. */
export function newestInGoSum(modules: readonly GoSumLine[]): ReadonlyMap<string, string> {
  return new Map(modules.map(({ path, version }) => [path, version]));
}

/** The version as OSV and purl readers know it: without the leading `v`. */
export function plainGoVersion(version: string): string {
  return version.startsWith('v') ? version.slice(1) : version;
}

function isIndirect(comment: string): boolean {
  return /^\/\/\s*indirect\b/.test(comment);
}

function wordsOf(raw: string): { readonly words: readonly string[]; readonly comment: string } {
  const words: string[] = [];
  const token = /\s*(?:(\/\/.*)|"((?:[^"\\]|\\.)*)"|`([^`]*)`|([()])|((?:(?!\/\/)[^\s()"`])+)|(\S))/gy;
  for (let match = token.exec(raw); match !== null; match = token.exec(raw)) {
    if (match[1] !== undefined) return { words, comment: match[1] };
    words.push(match[2] ?? match[3] ?? match[4] ?? match[5] ?? match[6] ?? '');
  }
  return { words, comment: '' };
}

/** `/* … *\/` is no longer written but was allowed; its line breaks stay, for the line numbers. */
function withoutBlockComments(text: string): string {
  return text.includes('/*') ? text.replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')) : text;
}
