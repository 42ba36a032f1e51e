import { populations } from '#desk/evidence/drawings.ts';
import { evidencePack } from '#operations/evidence/evidence-pack.ts';
import { exportLedger } from '#operations/export-ledger.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { councilNotices } from '#operations/notify/council-notices.ts';
import { caseReportText, knownReports } from '#operations/reports/known-reports.ts';
import { seesAll } from '#model/visibility.ts';
import { reportFormats } from '#reports/shared/report.ts';
import { writeReport } from '#reports/shared/write-report.ts';
import { canary, type World } from './world.ts';

/** Everything that leaves the office otherwise than as an answer of its API, by name; the authorisation matrix asks those. */
export async function whatLeaves({ office, server }: World): Promise<ReadonlyMap<string, string>> {
  const { store, clock } = office.context;
  const { desk } = server.desk;
  const out = new Map<string, string>();
  for (const words of [true, false])
    out.set(`ledger export, words ${String(words)}`, (await Array.fromAsync(exportLedger(store, { words }))).join(''));
  const estate = await loadEstate(store);
  const day = new Date(clock()).toISOString().slice(0, 10);
  for (const population of populations) {
    const question = { population, team: null, severity: null, about: null, asOf: day, known: day, seed: '1', size: 25 };
    const pack = await evidencePack(store, estate, { findings: seesAll, estate: seesAll, ledger: true }, 'Test', question);
    if ('refusal' in pack) throw new Error(pack.reason);
    for (const [name, text] of pack.files) out.set(`evidence of ${population}: ${name}`, text);
  }
  const asked = { desk, office: 'Test', now: clock(), from: 0, until: clock() + 1, isSeen: () => true };
  for (const report of knownReports)
    for (const format of reportFormats) out.set(`report ${report.id} ${format}`, writeReport(report.make(asked), format));
  for (const of of desk.council.cases.values())
    for (const format of reportFormats) out.set(`report council-case ${of.name} ${format}`, caseReportText(asked, of, format));
  out.set('notices of the council', JSON.stringify([...councilNotices(desk, clock())]));
  return out;
}

/** What of it holds a privileged text. */
export function privilegedIn(out: ReadonlyMap<string, string>): readonly string[] {
  return [...out].filter(([, text]) => text.includes(canary)).map(([name]) => name);
}
