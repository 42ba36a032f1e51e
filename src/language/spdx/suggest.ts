import { parseExpression, printExpression } from './expression.ts';
import { normalForm } from './normal-form.ts';

/** What a name that is no expression may mean. */
export type LicenceSuggestion = {
  readonly expression: string;
  /** `name`: a known other way of writing it. `family`: the name leaves open which of several is meant, the most common one is given. */
  readonly from: 'name' | 'family';
};

/**
 * What an old or loose name may mean, for counsel to confirm; null when nothing is known. It is never applied by itself: the same words stand for
 * different texts in different files.
 */
export function suggestExpression(text: string): LicenceSuggestion | null {
  if (text.length > 500) return null;
  const joined = text.replace(/\s*(?:\/|\||;|,)\s*/g, ' OR ');
  for (const candidate of [text.trim(), joined.trim()]) {
    const read = parseExpression(candidate);
    if (read.ok) return { expression: printExpression(normalForm(read.expression)), from: 'name' };
  }
  const key = keyOf(text);
  const known = names.get(key);
  if (known !== undefined) return { expression: known, from: 'name' };
  const family = families.get(key);
  if (family !== undefined) return { expression: family, from: 'family' };
  const parts = joined.split(/\s+(?:or|and)\s+/i);
  if (parts.length < 2 || parts.length > 10) return null;
  const said = parts.map((part) => suggestExpression(part));
  if (!said.every((each) => each !== null)) return null;
  const word = /\sand\s/i.test(joined) && !/\sor\s/i.test(joined) ? ' AND ' : ' OR ';
  return { expression: said.map((each) => each.expression).join(word), from: said.some((each) => each.from === 'family') ? 'family' : 'name' };
}

/** Words that make no difference are left out: "The MIT License (MIT)", "Apache License, Version 2.0". */
function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/^license :: (?:osi approved :: )?/, '')
    .replace(/https?:\/\/(?:www\.)?/g, '')
    .replace(/licen[cs]e[sd]?|software|version|\bv(?=\d)|\bthe\b|\bgeneral public\b|[^a-z0-9.+/]+/g, (word) =>
      word === 'general public' ? ' gp ' : ' ',
    )
    .replace(/(\d)\.0(?=\s|$)/g, '$1')
    .replace(/([a-z])v?(\d)/g, '$1 $2')
    .replace(/\s+/g, ' ')
    .trim();
}

function keyed(entries: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(entries).map(([name, expression]) => [keyOf(name), expression]));
}

const names = keyed({
  'Apache 2': 'Apache-2.0',
  'Apache 2.0': 'Apache-2.0',
  'Apache Software License 2.0': 'Apache-2.0',
  'Apache License, Version 2.0 (Apache-2.0)': 'Apache-2.0',
  'ASL 2.0': 'Apache-2.0',
  AL2: 'Apache-2.0',
  'apache.org/licenses/LICENSE-2.0': 'Apache-2.0',
  'apache.org/licenses/LICENSE-2.0.txt': 'Apache-2.0',
  'apache.org/licenses/LICENSE-2.0.html': 'Apache-2.0',
  'Apache 1.1': 'Apache-1.1',
  'MIT License': 'MIT',
  'The MIT License (MIT)': 'MIT',
  'MIT X11': 'MIT',
  Expat: 'MIT',
  'opensource.org/licenses/MIT': 'MIT',
  'opensource.org/licenses/mit-license.php': 'MIT',
  'BSD 2 Clause': 'BSD-2-Clause',
  'BSD-2': 'BSD-2-Clause',
  'Simplified BSD': 'BSD-2-Clause',
  FreeBSD: 'BSD-2-Clause',
  'BSD 3 Clause': 'BSD-3-Clause',
  'BSD-3': 'BSD-3-Clause',
  'New BSD': 'BSD-3-Clause',
  'Revised BSD': 'BSD-3-Clause',
  'Modified BSD': 'BSD-3-Clause',
  'BSD 3-Clause "New" or "Revised"': 'BSD-3-Clause',
  'Original BSD': 'BSD-4-Clause',
  GPLv2: 'GPL-2.0-only',
  'GPL 2': 'GPL-2.0-only',
  'GNU GPL v2': 'GPL-2.0-only',
  'GNU General Public License v2': 'GPL-2.0-only',
  'GPLv2+': 'GPL-2.0-or-later',
  'GNU General Public License v2 or later': 'GPL-2.0-or-later',
  GPLv3: 'GPL-3.0-only',
  'GPL 3': 'GPL-3.0-only',
  'GNU GPL v3': 'GPL-3.0-only',
  'GNU General Public License v3': 'GPL-3.0-only',
  'GPLv3+': 'GPL-3.0-or-later',
  'GNU General Public License v3 or later': 'GPL-3.0-or-later',
  LGPLv2: 'LGPL-2.0-only',
  'LGPLv2.1': 'LGPL-2.1-only',
  'LGPL 2.1': 'LGPL-2.1-only',
  'GNU Lesser General Public License v2.1': 'LGPL-2.1-only',
  LGPLv3: 'LGPL-3.0-only',
  'LGPL 3': 'LGPL-3.0-only',
  'GNU Lesser General Public License v3': 'LGPL-3.0-only',
  'LGPLv3+': 'LGPL-3.0-or-later',
  AGPLv3: 'AGPL-3.0-only',
  'AGPL 3': 'AGPL-3.0-only',
  'GNU Affero General Public License v3': 'AGPL-3.0-only',
  'AGPLv3+': 'AGPL-3.0-or-later',
  'GPL2 w/ CPE': 'GPL-2.0-only WITH Classpath-exception-2.0',
  'GPL v2 with the Classpath Exception': 'GPL-2.0-only WITH Classpath-exception-2.0',
  'GNU General Public License, version 2, with the Classpath Exception': 'GPL-2.0-only WITH Classpath-exception-2.0',
  'CDDL + GPLv2 with classpath exception': 'CDDL-1.0 OR GPL-2.0-only WITH Classpath-exception-2.0',
  'CDDL 1.0': 'CDDL-1.0',
  'CDDL 1.1': 'CDDL-1.1',
  'MPL 1.1': 'MPL-1.1',
  'MPL 2': 'MPL-2.0',
  'Mozilla Public License 2.0': 'MPL-2.0',
  'Mozilla Public License 1.1': 'MPL-1.1',
  'EPL 1.0': 'EPL-1.0',
  'Eclipse Public License 1.0': 'EPL-1.0',
  'Eclipse Public License - v 1.0': 'EPL-1.0',
  'EPL 2.0': 'EPL-2.0',
  'Eclipse Public License 2.0': 'EPL-2.0',
  'Eclipse Public License - v 2.0': 'EPL-2.0',
  'Eclipse Distribution License - v 1.0': 'BSD-3-Clause',
  'EDL 1.0': 'BSD-3-Clause',
  'Boost Software License 1.0': 'BSL-1.0',
  'Business Source License 1.1': 'BUSL-1.1',
  'Server Side Public License v1': 'SSPL-1.0',
  'Elastic License 2.0': 'Elastic-2.0',
  'ISC License': 'ISC',
  'ISC License (ISCL)': 'ISC',
  'zlib/libpng': 'Zlib',
  'zlib license': 'Zlib',
  'The Unlicense (Unlicense)': 'Unlicense',
  CC0: 'CC0-1.0',
  'CC0 1.0 Universal': 'CC0-1.0',
  'Creative Commons Zero': 'CC0-1.0',
  'CC BY 4.0': 'CC-BY-4.0',
  'Python Software Foundation License': 'PSF-2.0',
  PSF: 'PSF-2.0',
  PSFL: 'PSF-2.0',
  'PostgreSQL License': 'PostgreSQL',
  WTFPL: 'WTFPL',
  'Artistic License 2.0': 'Artistic-2.0',
  'MS-PL': 'MS-PL',
  'Microsoft Public License': 'MS-PL',
});

const families = keyed({
  Apache: 'Apache-2.0',
  'Apache Software License': 'Apache-2.0',
  BSD: 'BSD-3-Clause',
  'BSD License': 'BSD-3-Clause',
  'BSD-style': 'BSD-3-Clause',
  'BSD like': 'BSD-3-Clause',
  GPL: 'GPL-2.0-or-later',
  'GNU GPL': 'GPL-2.0-or-later',
  'GNU General Public License': 'GPL-2.0-or-later',
  LGPL: 'LGPL-2.1-or-later',
  'GNU LGPL': 'LGPL-2.1-or-later',
  'GNU Lesser General Public License': 'LGPL-2.1-or-later',
  AGPL: 'AGPL-3.0-or-later',
  MPL: 'MPL-2.0',
  'Mozilla Public License': 'MPL-2.0',
  EPL: 'EPL-2.0',
  'Eclipse Public License': 'EPL-2.0',
  CDDL: 'CDDL-1.0',
  'Creative Commons': 'CC-BY-4.0',
  Perl: 'Artistic-1.0-Perl OR GPL-1.0-or-later',
  'Same as Perl': 'Artistic-1.0-Perl OR GPL-1.0-or-later',
});
