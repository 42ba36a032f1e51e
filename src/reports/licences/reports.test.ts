import { describe, expect, it } from 'vitest';
import { reportFormats } from '../shared/report.ts';
import { writeReport } from '../shared/write-report.ts';
import type { Delivered, DeliveredPackage } from './delivered.ts';
import { licenceReport } from './licence-report.ts';
import { notice } from './notice.ts';
import { openObligations } from './open-obligations.ts';
import { sourceOffer } from './source-offer.ts';

const offer = { id: 'offer-source', title: 'Offer the source', asks: 'Offer it.', givesSource: true, by: null, evidence: null } as const;

function shipped(name: string, licence: string | null, more: Partial<DeliveredPackage> = {}): DeliveredPackage {
  return {
    purl: `pkg:npm/${name}@1.0.0`,
    name,
    version: '1.0.0',
    licence,
    relyOn: licence === null ? [] : [licence],
    said: licence === null ? ['lockfile: SEE LICENSE'] : [`lockfile: ${licence}`],
    verdict: licence === null ? 'unknown' : 'allowed',
    because: 'So it is.',
    category: licence === null ? null : 'Permissive',
    duties: [],
    copyright: [],
    notices: [],
    repository: null,
    ...more,
  };
}

const delivered: Delivered = {
  office: 'Firm',
  component: { ref: 'component:firm/app', name: 'app', team: 'web' },
  policy: 'ip-policy@1',
  sbom: null,
  artifacts: [
    {
      name: 'mobile',
      deliveries: ['mobile'],
      packages: [
        shipped('left', 'MIT OR GPL-3.0-only', { relyOn: ['MIT'], copyright: ['(c) 2001 Ann', '(c) 2002 Ben\u001b[2J'], notices: ['Left\nby Ann'] }),
        shipped('lib', 'LGPL-2.1-only', {
          duties: [
            { ...offer, state: 'due' },
            { ...offer, id: 'keep', givesSource: false, state: 'due' },
          ],
          verdict: 'review',
        }),
        shipped('old', 'GPL-2.0-only', {
          relyOn: ['GPL-2.0-only WITH LLVM-exception'],
          duties: [{ ...offer, state: 'fulfilled', by: 'Ann', evidence: '=HYPERLINK("x")' }],
          repository: 'https://example.org/old',
        }),
        shipped('odd<script>', null),
      ],
    },
  ],
  developmentOnly: 3,
};
const texts = (id: string) =>
  ({ MIT: { name: 'MIT License', text: 'Use it.\n\n```\n<b>Keep</b> this.\u001b[2J' }, 'GPL-2.0-only': { name: 'GPL 2', text: 'Share.' } })[id] ??
  null;

describe('reports about what is delivered', () => {
  it('a notice has the text of what is relied on, and says what is missing', () => {
    const text = writeReport(notice(delivered, texts), 'txt');
    expect(text).toContain('MIT License (MIT)\n-----------------\n\nFor left 1.0.0.\n\nUse it.\n\n```\n<b>Keep</b> this.\\u{1b}[2J\n');
    expect(text).not.toContain('GPL-3.0-only');
    expect(text).toContain('Copyright of left 1.0.0\n-----------------------\n\n(c) 2001 Ann\n(c) 2002 Ben\\u{1b}[2J\n\nLeft\nby Ann\n');
    expect(text).toContain('of 1 of 4 package versions');
    const { sections } = notice(delivered, texts);
    expect(sections.find(({ title }) => title === 'Missing')?.table?.rows).toEqual([
      ['lib', '1.0.0', 'the text of LGPL-2.1-only'],
      ['odd<script>', '1.0.0', 'the licence: no expression in lockfile: SEE LICENSE'],
      ['old', '1.0.0', 'the text of LLVM-exception, which stands at https://spdx.org/licenses/LLVM-exception.html'],
    ]);
  });

  it('the same facts give the same bytes of a notice in every form, and nothing of it is markup', () => {
    for (const form of reportFormats) {
      const written = writeReport(notice(delivered, texts), form);
      expect(written).toBe(writeReport(notice(structuredClone(delivered), texts), form));
      if (form === 'html') expect(written).not.toMatch(/<script>|<b>/);
      if (form === 'md') expect(written).toContain('\n    ```\n    <b>Keep</b> this.');
    }
  });

  it('source is to be offered where a duty asks for it, and where nobody knows the source it is said', () => {
    const rows = sourceOffer(delivered, 0).sections.map(({ table }) => table?.rows);
    expect(rows).toEqual([
      [
        ['mobile', 'mobile', 'pkg:npm/lib@1.0.0', 'LGPL-2.1-only', 'Offer the source', 'due', 'missing: nobody says where'],
        ['mobile', 'mobile', 'pkg:npm/old@1.0.0', 'GPL-2.0-only WITH LLVM-exception', 'Offer the source', 'fulfilled', 'https://example.org/old'],
      ],
      [['mobile', 'pkg:npm/odd<script>@1.0.0', 'lockfile: SEE LICENSE']],
    ]);
  });

  it('a licence report counts what is known and never hides what is not', () => {
    const report = writeReport(licenceReport(delivered, 0), 'txt');
    expect(report).toContain('the licence is known of 3 (75 %). 3 more are only used to build and test.');
    expect(report).toContain('package: pkg:npm/odd<script>@1.0.0\nsaid: lockfile: SEE LICENSE');
  });

  it('obligations come due first, with who fulfilled what; a cell that a spreadsheet would run is disarmed', () => {
    const report = openObligations(delivered, 0);
    expect(report.sections[0]?.table?.rows.map((row) => [row[0], row[5], row[7]])).toEqual([
      ['due', 'pkg:npm/lib@1.0.0', ''],
      ['due', 'pkg:npm/lib@1.0.0', ''],
      ['fulfilled', 'pkg:npm/old@1.0.0', 'Ann'],
    ]);
    expect(writeReport(report, 'csv')).toContain(`"'=HYPERLINK(""x"")"`);
  });
});
