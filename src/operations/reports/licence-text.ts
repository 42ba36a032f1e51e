import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { readJson } from '#language/readers/json.ts';
import type { LicenceText, LicenceTexts } from '#reports/licences/delivered.ts';

const Listed = z.object({ name: z.string(), licenseText: z.string() });

/** Texts of licences as SPDX publishes them (https://spdx.org/licenses), each read when it is first asked for. */
export function licenceTexts(): LicenceTexts {
  const folder = path.join(path.dirname(createRequire(import.meta.url).resolve('spdx-license-list/package.json')), 'licenses');
  const read = new Map<string, LicenceText | null>();
  return (id) => {
    let known = read.get(id);
    if (known === undefined) read.set(id, (known = textOf(folder, id)));
    return known;
  };
}

function textOf(folder: string, id: string): LicenceText | null {
  // Ids come from outside and name a file: only what SPDX may call a licence is looked for.
  const file = path.join(folder, `${id}.json`);
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(id) || !existsSync(file)) return null;
  const read = readJson(readFileSync(file));
  const listed = read.ok ? Listed.safeParse(read.value).data : undefined;
  return listed === undefined ? null : { name: listed.name, text: listed.licenseText };
}
