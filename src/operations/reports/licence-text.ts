import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { readJson } from '#language/readers/json.ts';
import type { LicenceText, LicenceTexts } from '#reports/licences/delivered.ts';

const Listed = z.object({ name: z.string(), licenseText: z.string() });

/**
 * Exceptions whose text the list carried under the id of licence and exception together, before it had a list of exceptions of its own. The package has no
 * others: of them the notice names the address.
 */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['Autoconf-exception-2.0', 'GPL-2.0-with-autoconf-exception'],
  ['Autoconf-exception-3.0', 'GPL-3.0-with-autoconf-exception'],
  ['Bison-exception-2.2', 'GPL-2.0-with-bison-exception'],
  ['Classpath-exception-2.0', 'GPL-2.0-with-classpath-exception'],
  ['Font-exception-2.0', 'GPL-2.0-with-font-exception'],
  ['GCC-exception-2.0', 'GPL-2.0-with-GCC-exception'],
  ['GCC-exception-3.1', 'GPL-3.0-with-GCC-exception'],
  ['WxWindows-exception-3.1', 'wxWindows'],
]);

/** Texts of licences and of some exceptions as SPDX publishes them (https://spdx.org/licenses), each read when it is first asked for. */
export function licenceTexts(): LicenceTexts {
  const folder = path.join(path.dirname(createRequire(import.meta.url).resolve('spdx-license-list/package.json')), 'licenses');
  const read = new Map<string, LicenceText | null>();
  return (id) => {
    let known = read.get(id);
    if (known === undefined) read.set(id, (known = exceptions.has(id) ? exceptionOf(folder, id) : textOf(folder, id)));
    return known;
  };
}

/** Without the line that stands for the licence. */
function exceptionOf(folder: string, id: string): LicenceText | null {
  const whole = textOf(folder, exceptions.get(id) ?? '');
  return whole === null ? null : { name: id, text: whole.text.replace(/^insert GPL v\d(?: license)? text here\s*/i, '') };
}

function textOf(folder: string, id: string): LicenceText | null {
  // Ids come from outside and name a file: only what SPDX may call a licence is looked for.
  const file = path.join(folder, `${id}.json`);
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(id) || !existsSync(file)) return null;
  const read = readJson(readFileSync(file));
  const listed = read.ok ? Listed.safeParse(read.value).data : undefined;
  return listed === undefined ? null : { name: listed.name, text: listed.licenseText };
}
