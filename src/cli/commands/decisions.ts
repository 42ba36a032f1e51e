import os from 'node:os';
import type { Command } from 'commander';
import { noExtent, type DecisionAbout, type Extent } from '#model/decision.ts';
import { carryOut } from '#operations/carry-out.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { decide, endDecision, extentBefore, type Decided, type Decider, type FirstKind } from '#operations/decide.ts';
import type { DecisionView } from '#operations/decision-view.ts';
import { decisionView } from '#operations/decision-view.ts';
import { keptDecisions } from '#operations/kept-decisions.ts';
import { keptExtents } from '#operations/kept-extents.ts';
import { heldInWords } from '#operations/kept-thing.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, printTable, say } from '../terminal.ts';
import { addDecisionImports } from './imported-decisions.ts';

type DecisionOptions = OfficeOptions & {
  readonly reason: string;
  readonly authority?: string;
  readonly by?: string;
  readonly source?: boolean;
  readonly dryRun?: boolean;
};

const about = ['component', 'source', 'upload', 'raw'] as const;

/** `component`, `forget`, `hold` and `decisions`: what people decide about what the office keeps. */
export function addDecisions(program: Command): void {
  addComponent(program);
  addForget(program);
  addHold(program);
  addList(program);
}

function addComponent(program: Command): void {
  const component = program.command('component').description('retire, bring back and delete components and sources');
  withDecision(component.command('retire'))
    .description('say that a component lives no longer: its findings close as retired, its past stays')
    .argument('<ref>', 'component, or with --source the origin of a source')
    .option('--source', 'everything of a source, also what it shows later')
    .action((ref: string, options: DecisionOptions) => decideOn('retire', options.source === true ? 'origin' : 'component', ref, options));
  withDecision(component.command('return'))
    .description('bring a retired component back, with the clocks it had')
    .argument('<ref>')
    .option('--source', 'a source')
    .action((ref: string, options: DecisionOptions) => endOn(['retire'], options.source === true ? 'origin' : 'component', ref, options));
  withDecision(component.command('delete'))
    .description('take a component out of the estate and its past, with the receipts that nothing else needs')
    .argument('<ref>', 'component, or with --source the origin of a source')
    .option('--source', 'everything of a source')
    .option('--dry-run', 'only say what would go')
    .action((ref: string, options: DecisionOptions) => decideOn('delete', options.source === true ? 'origin' : 'component', ref, options));
}

function addForget(program: Command): void {
  withDecision(program.command('forget'))
    .description('erase a component, a source, an upload or bytes for good; a record of who and why stays, without the content')
    .argument('<what>', about.join(', '))
    .argument('<name>', 'ref, origin, id of the receipt, or hash')
    .option('--dry-run', 'only say what would go')
    .action((what: string, name: string, options: DecisionOptions) => decideOn('erase', aboutOf(what), name, options));
}

function addHold(program: Command): void {
  const hold = program.command('hold').description('legal hold: what it names can be neither deleted nor erased');
  withDecision(hold.command('place'))
    .argument('<what>', about.join(', '))
    .argument('<name>', 'ref, origin, id of the receipt, or hash')
    .action((what: string, name: string, options: DecisionOptions) => decideOn('hold', aboutOf(what), name, options));
  withDecision(hold.command('release'))
    .argument('<what>', about.join(', '))
    .argument('<name>', 'ref, origin, id of the receipt, or hash')
    .action((what: string, name: string, options: DecisionOptions) => endOn(['hold'], aboutOf(what), name, options));
}

function addList(program: Command): void {
  const decisions = program.command('decisions').description('what was retired, deleted, erased and held, by whom and why');
  withOffice(decisions.command('list', { isDefault: true }))
    .option('--standing', 'only those that no later one ended')
    .action(async (options: OfficeOptions & { readonly standing?: boolean }) => {
      await inOffice(options, async ({ context }) => {
        const extents = await keptExtents(context.store);
        const views = (await keptDecisions(context.store, { standing: options.standing === true })).map((each) => decisionView(each, extents));
        if (options.json === true) printJson({ decisions: views });
        else if (views.length === 0) print('Nothing was decided yet.');
        else printTable([['at', 'decision', 'about', 'by', 'authority', 'reason', 'done', 'id'], ...views.map(rowOf)]);
      });
    });
  addDecisionImports(decisions);
  withDecision(decisions.command('readmit'))
    .description('let in again what was deleted or erased: it is read when it is scanned or sent the next time')
    .argument('<id>', 'of the decision')
    .action((id: string, options: DecisionOptions) => inDecision(options, (context, decider) => endDecision(context, id, decider)));
}

function withDecision(command: Command): Command {
  return withOffice(command)
    .requiredOption('--reason <text>', 'why; it can be erased')
    .option('--authority <text>', 'on what authority, e.g. "request 2026-14, Art. 17 GDPR"', 'administrator of the office')
    .option('--by <name>', 'who decides (default: the user of this machine)');
}

async function decideOn(kind: FirstKind, about: DecisionAbout, subject: string, options: DecisionOptions): Promise<void> {
  if (options.dryRun !== true) return inDecision(options, (context, decider) => decide(context, kind, { about, subject }, decider));
  await inOffice(options, async ({ context }) => {
    const before = await extentBefore(context.store, { about, subject }, kind);
    if (before === null) throw new ConfigurationError(`There is no ${about} ${JSON.stringify(subject)} here.`);
    if (options.json === true) printJson({ ...before.subject, extent: before.extent, hold: before.hold === null ? null : heldInWords(before.hold) });
    else print(`Would go: ${inWords(before.extent)}.`);
    if (before.hold !== null && options.json !== true) say(heldInWords(before.hold));
  });
}

async function endOn(kinds: readonly FirstKind[], about: DecisionAbout, subject: string, options: DecisionOptions): Promise<void> {
  await inDecision(options, async (context, decider) => {
    const row = about === 'component' ? await context.store.componentByRef(subject) : null;
    const standing = await keptDecisions(context.store, { kinds, subjects: [subject, row?.ref ?? subject], standing: true });
    const found = standing.find((each) => each.about === about);
    return found === undefined
      ? { ok: false, refusal: `Nothing of the kind stands for the ${about} ${JSON.stringify(subject)}.` }
      : endDecision(context, found.id, decider);
  });
}

type Deciding = (context: Parameters<typeof decide>[0], decider: Decider) => Promise<Decided>;

/** Records a decision and carries it out. */
async function inDecision(options: DecisionOptions, deciding: Deciding): Promise<void> {
  await inOffice(options, async ({ context, place }) => {
    const decider = { author: options.by ?? os.userInfo().username, authority: options.authority ?? '', reason: options.reason };
    if (decider.reason.trim() === '') throw new ConfigurationError('--reason says why: it cannot be empty.');
    const made = await deciding(context, decider);
    if (!made.ok) throw new ConfigurationError(made.refusal);
    const done = (await carryOut(context, place.dataDir)).find((each) => each.decision.id === made.decision.id);
    const [row = made.decision] = await keptDecisions(context.store, { ids: [made.decision.id] });
    const extents = await keptExtents(context.store);
    if (options.json === true) printJson(decisionView(row, extents));
    else print(`${row.id}: ${row.kind} of the ${row.about} ${row.subject}. Touched: ${inWords(done?.extent ?? extents.get(row.id) ?? noExtent)}.`);
    if (done?.isGone === false) say(notGone(context.store.kind));
  });
}

function notGone(kind: 'sqlite' | 'postgres'): string {
  return kind === 'sqlite'
    ? 'It is deleted, but another process is reading the database, so that its log could not be emptied: the next forget, or closing the office, does it.'
    : 'It is deleted. PostgreSQL keeps deleted rows in its files until it is told otherwise: run vacuum full raw, raw_chunk, reading, receipt, package, package_version; and let archived logs and backups of the server run out.';
}

function aboutOf(what: string): DecisionAbout {
  if (what === 'source') return 'origin';
  const found = about.find((each) => each === what);
  if (found === undefined || found === 'source') throw new ConfigurationError(`${JSON.stringify(what)} is none of ${about.join(', ')}.`);
  return found;
}

function rowOf(view: DecisionView): readonly string[] {
  return [
    view.at.slice(0, 16),
    view.kind,
    `${view.about} ${view.subject}`,
    view.author,
    view.authority ?? 'erased',
    view.reason ?? 'erased',
    view.doneAt?.slice(0, 16) ?? 'not yet',
    view.id,
  ];
}

function inWords(extent: Extent): string {
  const { components, findings, receipts, readings, bytes } = { ...noExtent, ...extent };
  return `${String(components)} components, ${String(findings)} open findings, ${String(receipts)} receipts, ${String(readings)} readings, ${String(bytes)} bytes`;
}
