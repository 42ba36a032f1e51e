import fs from 'node:fs';
import path from 'node:path';
import { csaf } from '#formats/csaf.ts';
import { cyclonedx } from '#formats/cyclonedx.ts';
import { asArray, asObject } from '#language/readers/json.ts';
import { linesOf } from '../data-files.ts';
import { summed, type CaseResult, type Suite } from '../suite.ts';

/** VEX of vendors and of CycloneDX's own examples: what it states is found, or a problem says why not, and what is broken is not read in silence. */
export const vex: Suite = {
  id: 'vex',
  run: (dir) => {
    if (!fs.existsSync(path.join(dir, 'vex', 'index.tsv'))) return [];
    const rows = linesOf(path.join(dir, 'vex'), 'index.tsv')
      .slice(1)
      .flatMap((line) => {
        const [file = '', kind = ''] = line.split('\t');
        return file.endsWith('.json') ? [{ file, format: kind.startsWith('CycloneDX') ? cyclonedx : csaf }] : [];
      });
    const byFormat = Map.groupBy(rows, ({ format }) => format.id);
    return [...byFormat].map(([id, of]) =>
      summed(
        'vex',
        id,
        of.map((row) => judged(dir, row)),
      ),
    );
  },
};

function judged(dir: string, { file, format }: { readonly file: string; readonly format: typeof csaf }): CaseResult {
  const bytes = fs.readFileSync(path.join(dir, file));
  const { statements = [], problems } = format.parse({ path: path.basename(file), bytes }, { read: () => null });
  const ok = statesSomething(bytes) ? statements.length > 0 || problems.length > 0 : statements.length === 0;
  return ok ? { name: file, ok } : { name: file, ok, why: `${String(statements.length)} statements and ${String(problems.length)} problems` };
}

/** Whether a document states anything, as far as one can tell without knowing its format; broken JSON must be said to be so. */
function statesSomething(bytes: Uint8Array): boolean {
  try {
    const vulnerabilities = asArray(asObject(JSON.parse(new TextDecoder().decode(bytes)))?.['vulnerabilities']).map((each) => asObject(each) ?? {});
    return vulnerabilities.some((each) => each['product_status'] !== undefined || asObject(each['analysis'])?.['state'] !== undefined);
  } catch {
    return true;
  }
}
