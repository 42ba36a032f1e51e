import fs from 'node:fs';
import path from 'node:path';
import { cyclonedx } from '#formats/cyclonedx.ts';
import { spdx } from '#formats/spdx.ts';
import { spdx3 } from '#formats/spdx3.ts';
import type { Format } from '#model/format.ts';
import { leftOut, linesOf } from '../data-files.ts';
import { summed, type CaseResult, type Suite, type SuiteResult } from '../suite.ts';

/** SBOMs of many tools: every component with its purl is found, and what upstream calls malformed is not read in silence. */
export const sboms: Suite = {
  id: 'sboms',
  run: (dir) => {
    if (!fs.existsSync(path.join(dir, 'sboms', 'index.tsv'))) return [];
    const rows = linesOf(path.join(dir, 'sboms'), 'index.tsv')
      .slice(1)
      .flatMap(rowOf)
      .filter(({ file }) => fs.existsSync(path.join(dir, file)));
    const read = rows.filter((row) => row.format !== null);
    leftOut(
      'sboms',
      rows.filter((row) => row.format === null).map((row) => row.kind),
    );
    return [
      ...groups(
        'sboms',
        read.filter((row) => !row.isMalformed),
        (row) => countsAgree(dir, row),
      ),
      ...groups(
        'sboms-malformed',
        read.filter((row) => row.isMalformed),
        (row) => saysSo(dir, row),
      ),
    ];
  },
};

type Row = {
  readonly file: string;
  readonly kind: string;
  /** `xml ` and the like; empty for JSON. */
  readonly form: string;
  readonly version: string;
  /** Null where the data does not count them. */
  readonly packages: number | null;
  readonly purls: number;
  readonly isMalformed: boolean;
  /** Null for kinds that this build does not read. */
  readonly format: Format | null;
};

function rowOf(line: string): readonly Row[] {
  const [file = '', kind = '', version = '', packages = '', purls = ''] = line.split('\t');
  if (file === '') return [];
  const isMalformed = file.startsWith('sboms/malformed/');
  const format = formatOf(file, kind, isMalformed);
  return [
    {
      file,
      kind,
      form: formOf(file, kind),
      version: version.replace(/^SPDX-/, ''),
      packages: packages === '' ? null : Number(packages),
      purls: Number(purls),
      isMalformed,
      format,
    },
  ];
}

function formOf(file: string, kind: string): string {
  const [, ending = ''] = /\.(\w+)$/.exec(file) ?? [];
  const forms: Readonly<Record<string, string>> = { json: '', jsonld: '', spdx: 'tag-value ', yml: 'yaml ', yaml: 'yaml ', xml: 'xml ' };
  return /\.rdf(?:\.xml)?$/.test(file) ? 'rdf ' : (forms[ending] ?? kind);
}

function formatOf(file: string, kind: string, isMalformed: boolean): Format | null {
  if (kind.startsWith('SPDX 3') || file.endsWith('.jsonld')) return spdx3;
  if (kind.startsWith('SPDX') || /\.spdx(?:\.yaml)?$/.test(file)) return spdx;
  return kind.startsWith('CycloneDX') || (isMalformed && file.endsWith('.json')) ? cyclonedx : null;
}

function groups(suite: string, rows: readonly Row[], judge: (row: Row) => CaseResult): readonly SuiteResult[] {
  const byVersion = Map.groupBy(rows, (row) => `${row.format?.id ?? ''} ${row.form}${row.version}`.trim());
  return [...byVersion].sort().map(([format, cases]) => summed(suite, format, cases.map(judge)));
}

function countsAgree(dir: string, row: Row): CaseResult {
  const { packages, problems } = resultOf(dir, row);
  const purls = packages.filter((pkg) => pkg.purl !== null).length;
  if (row.packages === null) {
    const isRead = packages.length > 0 && !problems.some(({ severity }) => severity === 'error');
    return isRead ? { name: row.file, ok: true } : { name: row.file, ok: false, why: `nothing, or ${problems[0]?.code ?? 'no problem'}` };
  }
  const ok = packages.length === row.packages && (purls === row.purls || row.format === spdx3);
  const why = `${String(packages.length)} packages with ${String(purls)} purls instead of ${String(row.packages)} with ${String(row.purls)}`;
  return ok ? { name: row.file, ok } : { name: row.file, ok, why };
}

function saysSo(dir: string, row: Row): CaseResult {
  const ok = resultOf(dir, row).problems.length > 0;
  return ok ? { name: row.file, ok } : { name: row.file, ok, why: 'no problem was given' };
}

function resultOf(dir: string, row: Row): ReturnType<Format['parse']> {
  const bytes = fs.readFileSync(path.join(dir, row.file));
  return (row.format ?? cyclonedx).parse({ path: path.basename(row.file), bytes }, { read: () => null });
}
