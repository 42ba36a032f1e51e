import type { ReportDocument, ReportSection } from '../shared/report.ts';
import { allPackages, subjectOf, type Delivered, type DeliveredPackage, type LicenceTexts } from './delivered.ts';

/**
 * Notices for what is delivered: each package version with the licences relied on, and their texts as SPDX publishes them. What is not known is listed as
 * missing, never made up. The same facts give the same bytes.
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
          'Texts are those that SPDX publishes. Lines of copyright stand in the files of each package, which were not read: where a text has a place for them, take them from there.',
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
  return without.map((id) => [...at, `the text of ${id}`]);
}

function textSection(id: string, packages: readonly DeliveredPackage[], texts: LicenceTexts): readonly ReportSection[] {
  const known = texts(id);
  if (known === null) return [];
  const under = packages
    .filter(({ relyOn }) => relyOn.flatMap(partsOf).includes(id))
    .map(({ name, version }) => [name, version ?? ''].join(' ').trim());
  return [{ title: `${known.name} (${id})`, text: [`For ${under.join(', ')}.`], verbatim: known.text, table: null }];
}
