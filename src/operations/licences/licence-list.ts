import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { likenessIndex, type KnownText, type LikenessIndex } from '#analysis/licences/likeness.ts';
import { asObject, asString, readJson } from '#language/readers/json.ts';

/** The list of licences that texts are compared with: `name` changes with it. */
export type LicenceList = { readonly name: string; index(): LikenessIndex };

let known: LicenceList | null = null;

/** The texts that SPDX publishes, as the package of this build carries them; made ready when a text is first compared, which takes a second. */
export function licenceList(): LicenceList {
  if (known !== null) return known;
  const manifest = createRequire(import.meta.url).resolve('spdx-license-list/package.json');
  const read = readJson(readFileSync(manifest));
  const version = asString(asObject(read.ok ? read.value : null)?.['version']) ?? '';
  let index: LikenessIndex | null = null;
  return (known = {
    name: `spdx-license-list ${version}`,
    index: () => (index ??= likenessIndex(textsIn(path.join(path.dirname(manifest), 'licenses')))),
  });
}

function textsIn(folder: string): readonly KnownText[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((name): readonly KnownText[] => {
      const read = readJson(readFileSync(path.join(folder, name)));
      const text = read.ok ? asString(asObject(read.value)?.['licenseText']) : null;
      return text === null ? [] : [{ id: name.replace(/\.json$/, ''), text }];
    });
}
