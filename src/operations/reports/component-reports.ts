import type { Delivered, LicenceTexts } from '#reports/licences/delivered.ts';
import { licenceReport } from '#reports/licences/licence-report.ts';
import { notice } from '#reports/licences/notice.ts';
import { openObligations } from '#reports/licences/open-obligations.ts';
import { sourceOffer } from '#reports/licences/source-offer.ts';
import type { ReportDocument, ReportFormat } from '#reports/shared/report.ts';
import { writeReport } from '#reports/shared/write-report.ts';
import { licenceJudge } from '../licences/licence-judge.ts';
import type { Registries } from '../registry/registries-configuration.ts';
import type { StoreReads } from '#store/store.ts';
import type { VerdictsGiven } from '../verdicts/verdicts-for.ts';
import { deliveredLicences, withoutNames, withRepositories, type DeliveredWanted } from './delivered-licences.ts';
import { licenceTexts } from './licence-text.ts';
import { withCopyright } from './with-copyright.ts';

/** A report about what one component delivers. */
export type ComponentReport = {
  readonly id: string;
  readonly title: string;
  readonly make: (delivered: Delivered, texts: LicenceTexts, now: number) => ReportDocument;
};

/** Every report about what a component delivers. */
export const componentReports: readonly ComponentReport[] = [
  { id: 'notice', title: 'Notices and licence texts of what is delivered', make: (delivered, texts) => notice(delivered, texts) },
  { id: 'source-offer', title: 'Source to offer, and where it is', make: (delivered, _, now) => sourceOffer(delivered, now) },
  { id: 'licence-report', title: 'Licences of what is delivered, with verdicts', make: (delivered, _, now) => licenceReport(delivered, now) },
  { id: 'open-obligations', title: 'What licences ask for, and what was done', make: (delivered, _, now) => openObligations(delivered, now) },
];

/** From what a report is made. */
export type ReportGiven = Omit<VerdictsGiven, 'judge'> & { readonly reads: StoreReads; readonly registries: Registries };

/** A report about what a component delivers as text; a sentence where what is named does not exist. */
export async function componentReport(
  given: ReportGiven,
  report: ComponentReport,
  wanted: DeliveredWanted & { /** Whether who asks may know who fulfilled what. */ readonly maySeeNames: boolean },
  form: ReportFormat,
): Promise<{ readonly text: string } | { readonly missing: string }> {
  const { reads: _, registries: __, ...rest } = given;
  const delivered = deliveredLicences({ ...rest, judge: licenceJudge(given.estate, given.desk, given.now) }, wanted);
  if (typeof delivered === 'string') return { missing: delivered };
  const told = wanted.maySeeNames ? delivered : withoutNames(delivered);
  const texts = licenceTexts();
  const whole = await completed(report.id, told, { ...given, texts });
  return { text: writeReport(report.make(whole, texts, given.now), form) };
}

/** With what only some reports need and the store is asked for. */
async function completed(id: string, delivered: Delivered, given: ReportGiven & { readonly texts: LicenceTexts }): Promise<Delivered> {
  if (id === 'source-offer') return withRepositories(given.reads, given.registries, delivered);
  return id === 'notice' ? withCopyright(given, delivered) : delivered;
}
