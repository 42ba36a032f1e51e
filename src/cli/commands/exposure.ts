import type { Command } from 'commander';
import { seesAll } from '#model/visibility.ts';
import { startOfDay } from '#operations/estate-for.ts';
import { exposuresTo, exposureViews, type ExposureView } from '#operations/exposure.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, printTable } from '../terminal.ts';

type ExposureOptions = OfficeOptions & { readonly asOf?: string; readonly team?: string };

const dayMs = 86_400_000;

/** `exposure`: who was exposed to an advisory, since when, until when and what ended it. */
export function addExposure(program: Command): void {
  withOffice(program.command('exposure'))
    .description('which components were exposed to an advisory, since when, until when, and what ended it')
    .argument('<advisory>', 'any id of it, such as CVE-2021-44228')
    .option('--as-of <date>', 'only those exposed at the end of that UTC day')
    .option('--team <team>', 'only components of this team')
    .action(async (advisory: string, options: ExposureOptions) => {
      await inOffice(options, async ({ context }) => {
        const { store, clock } = context;
        const estate = await loadEstate(store);
        const day = options.asOf === undefined ? null : startOfDay(options.asOf) / dayMs;
        const found = await exposuresTo(store, estate, seesAll, { advisory, day });
        const view = exposureViews(store, estate, clock());
        const views: ExposureView[] = [];
        for (const each of found.exposures) {
          const one = await view(each);
          if (one !== null && (options.team === undefined || one.team === options.team)) views.push(one);
        }
        views.sort(byCertainty);
        const { notObserved } = found;
        if (options.json === true) {
          printJson({ advisory: found.advisory, asOf: options.asOf ?? null, exposures: views, notObserved });
          return;
        }
        const { ids, title, published } = found.advisory;
        print(`${ids.join(', ')}: ${title}, published ${published?.slice(0, 10) ?? 'on a day that no record tells'}`);
        if (views.length > 0)
          printTable([['component', 'versions', 'in use since', 'exposed from', 'until', 'days', 'then', 'owner'], ...views.map(rowOf)]);
        print(sentenceOf(views, options.asOf ?? null));
        if (notObserved.length > 0)
          print(
            `not observed by then, so nothing is said of them: ${String(notObserved.length)} (${notObserved.slice(0, 5).join(', ')}${notObserved.length > 5 ? ', …' : ''})`,
          );
      });
    });
}

/** What is certain first, then by component and time. */
function byCertainty(a: ExposureView, b: ExposureView): number {
  return (
    compare(a.certainty, b.certainty) ||
    compare(a.component.ref, b.component.ref) ||
    compare(a.from, b.from) ||
    compare(a.package.purl, b.package.purl)
  );
}

function rowOf(view: ExposureView): readonly string[] {
  return [
    view.component.ref,
    `${view.package.name} ${view.versions.join(', ')}${view.certainty === 'unknown' ? ' (perhaps)' : ''}`,
    view.usedFrom,
    view.from,
    view.until ?? 'still',
    String(view.days),
    thenOf(view),
    view.team ?? 'no owner',
  ];
}

function thenOf({ after, endedBy }: ExposureView): string {
  if (after === null) return '-';
  const revision = endedBy?.revision == null ? '' : ` (${endedBy.revision.slice(0, 12)})`;
  return `${after.length === 0 ? 'gone' : after.join(', ')}${revision}`;
}

function sentenceOf(views: readonly ExposureView[], asOf: string | null): string {
  const components = (of: readonly ExposureView[]) => String(new Set(of.map((each) => each.component.ref)).size);
  const sure = views.filter((each) => each.certainty === 'affected');
  const perhaps = views.filter((each) => each.certainty === 'unknown');
  const still = components(sure.filter((each) => each.until === null));
  const more = perhaps.length === 0 ? '' : `, ${components(perhaps)} perhaps, with no version known`;
  return asOf === null
    ? `${components(sure)} components were exposed${more}; ${still} still are`
    : `${components(sure)} components exposed on ${asOf}${more}; ${still} still are`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
