import { spdxExceptionId } from '#language/spdx/exception-ids.ts';
import type { ReportDocument, ReportSection } from '../shared/report.ts';
import { allPackages, subjectOf, type Delivered, type DeliveredPackage, type LicenceTexts } from './delivered.ts';

/**
 * Notices for what is delivered: each package version with the licences relied on, its lines of copyright and notices out of its licence files, and the texts
 * of the licences as SPDX publishes them. What is not known is listed as missing, never made up. The same facts give the same bytes.
 */
export function notice(delivered: Delivered, texts: LicenceTexts): ReportDocument {
  const packages = licencesPerPackage(delivered);
  const licences = [...new Set(packages.flatMap(({ relyOn }) => relyOn.flatMap(partsOf)))].sort();
  const missing = packages.flatMap((each) => missingOf(each, texts));
  return {
    id: 'notice',
    title: `Notices for ${delivered.component.name}`,
    at: null,
    office: delivered.office,
    sections: [
      {
        title: 'What this is',
        text: [
          subjectOf(delivered),
          `${String(packages.length)} package versions are delivered; ${String(delivered.developmentOnly)} more are only used to build and test, and left out.`,
          'Texts are those that SPDX publishes.',
          copyrightNote(packages),
        ],
        table: null,
      },
      {
        title: 'Missing',
        text: [],
        table: {
          head: ['package', 'version', 'missing'],
          rows: missing,
          empty: 'Every package version has a known licence, and every licence a text.',
        },
      },
      {
        title: 'Packages',
        text: [],
        table: {
          head: ['package', 'version', 'licence relied on', 'purl'],
          rows: packages.map((each) => [each.name, each.version ?? '', each.relyOn.length === 0 ? 'unknown' : each.relyOn.join(' AND '), each.purl]),
          empty: 'Nothing is delivered that is known.',
        },
      },
      ...packages.flatMap(copyrightSection),
      ...licences.flatMap((id) => textSection(id, packages, texts)),
    ],
  };
}

/** Two artifacts may rely on different sides of an OR: each that is relied on is met. */
function licencesPerPackage(delivered: Delivered): readonly DeliveredPackage[] {
  return allPackages(delivered).map((each) => {
    const everywhere = delivered.artifacts.flatMap(({ packages }) =>
      packages.filter((other) => other.purl === each.purl).flatMap(({ relyOn }) => relyOn),
    );
    return { ...each, relyOn: [...new Set(everywhere)].sort() };
  });
}

/** A licence and the exception to it have a text each. */
function partsOf(licence: string): readonly string[] {
  return licence.split(' WITH ').map((each) => each.replace(/\+$/, ''));
}

function missingOf({ name, version, relyOn, said }: DeliveredPackage, texts: LicenceTexts): readonly (readonly string[])[] {
  const at = [name, version ?? 'version not known'];
  if (relyOn.length === 0) return [[...at, said.length === 0 ? 'the licence: nobody says it' : `the licence: no expression in ${said.join('; ')}`]];
  const without = relyOn.flatMap(partsOf).filter((id) => texts(id) === null);
  return without.map((id) => [...at, `the text of ${id}${isExceptionId(id) ? `, which stands at https://spdx.org/licenses/${id}.html` : ''}`]);
}

/** How much is known of copyright: where no file was read, nothing is. */
function copyrightNote(packages: readonly DeliveredPackage[]): string {
  const known = packages.filter(({ copyright, notices }) => copyright.length + notices.length > 0).length;
  return `Lines of copyright and notices are those of the licence files that were read: of ${String(known)} of ${String(packages.length)} package versions. Of all others they stand in their files, which were not read: where a text has a place for them, take them from there.`;
}

function copyrightSection({ name, version, copyright, notices }: DeliveredPackage): readonly ReportSection[] {
  if (copyright.length + notices.length === 0) return [];
  const verbatim = [copyright.join('\n'), ...notices].filter((each) => each !== '').join('\n\n');
  return [{ title: `Copyright of ${[name, version ?? ''].join(' ').trim()}`, text: [], verbatim, table: null }];
}

function isExceptionId(id: string): boolean {
  return spdxExceptionId(id) !== null;
}

function textSection(id: string, packages: readonly DeliveredPackage[], texts: LicenceTexts): readonly ReportSection[] {
  const known = texts(id);
  if (known === null) return [];
  const under = packages
    .filter(({ relyOn }) => relyOn.flatMap(partsOf).includes(id))
    .map(({ name, version }) => [name, version ?? ''].join(' ').trim());
  return [{ title: `${known.name} (${id})`, text: [`For ${under.join(', ')}.`], verbatim: known.text, table: null }];
}
