/** A package that code for Deno asks for. */
export type DenoSpecifier = { readonly registry: 'npm' | 'jsr'; readonly name: string; readonly range: string | null };

/** The parts of `npm:chalk@5`, `jsr:@std/path@^1/posix`; null for anything else, such as an address. */
export function denoSpecifier(text: string): DenoSpecifier | null {
  const [, registry, name, range] = /^(npm|jsr):\/?(@[^/@\s]+\/[^/@\s]+|[^/@\s]+)(?:@([^/]+))?/.exec(text) ?? [];
  return name === undefined ? null : { registry: registry === 'jsr' ? 'jsr' : 'npm', name, range: range?.trim() === '' ? null : (range ?? null) };
}
