/** A program as standards with two fields want it: what stands behind the last space is its version where it begins with a digit, or `v` and one. */
export function namedTool(text: string): { readonly name: string; readonly version: string | null } {
  const [, name, version] = /^(.*\S) +(v?\d\S*)$/.exec(text) ?? [];
  return name === undefined || version === undefined ? { name: text, version: null } : { name, version };
}
