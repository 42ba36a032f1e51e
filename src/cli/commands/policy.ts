import type { Command } from 'commander';
import { policyInForce } from '#desk/policy/policies.ts';
import { policyDifferences } from '#desk/policy/policy-differences.ts';
import { policyHash } from '#desk/policy/policy-hash.ts';
import type { Policy } from '#desk/policy/policy.ts';
import type { Actor } from '#model/actor.ts';
import { seesAll } from '#model/visibility.ts';
import { ConfigurationError } from '#operations/configuration-error.ts';
import type { Context } from '#operations/context.ts';
import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { actKindOf, openLiveDesk } from '#operations/live-desk.ts';
import { performAct } from '#operations/perform-act.ts';
import { readPolicyFile } from '#operations/policy-file.ts';
import { policyView } from '#operations/policy-view.ts';
import { previewPolicy } from '#operations/rules/preview-policy.ts';
import { triageFor } from '#operations/triage/triage-for.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { datedPast, printPreview } from '../print-preview.ts';
import { print, printJson, printTable } from '../terminal.ts';

type ReasonOptions = OfficeOptions & { readonly reason: string };

/** `policy`: by what the office judges, and changing it by two people. */
export function addPolicy(program: Command): void {
  const policy = program.command('policy').description('by what the office judges; a change takes two people');
  withOffice(policy.command('show'))
    .description('the policy in force, what waits for approval, and what was in force before')
    .action(async (options: OfficeOptions) => {
      await inOffice(options, async ({ context }, { policy: file }) => {
        const view = policyView(await openLiveDesk().catchUp(context.store), file === undefined ? null : readPolicyFile(file));
        if (options.json === true) {
          printJson(view);
          return;
        }
        print(`policy@${String(view.version)}  ${view.hash}  ${view.since === null ? 'built in' : `since ${view.since}`}`);
        if (view.file !== null) print(`the file of the configuration is ${view.file.state}: ${view.file.hash}`);
        printTable([['place', 'value', 'why'], ...linesOf(view.policy).map(([place, value]) => [place, value, view.reasons[place] ?? ''])]);
        for (const each of view.waiting) {
          print(`waits for approval since ${each.at}: ${each.hash}, proposed by ${each.author}`);
          printDifferences(each.differences);
        }
      });
    });
  withOffice(policy.command('diff'))
    .description('what a policy file would change')
    .argument('<file>')
    .action(async (file: string, options: OfficeOptions) => {
      await inOffice(options, async ({ context }) => {
        const after = readPolicyFile(file);
        const differences = policyDifferences(await policyNow(context), after);
        if (options.json === true) printJson({ hash: policyHash(after), differences });
        else printDifferences(differences);
      });
    });
  withOffice(policy.command('preview'))
    .description('what a policy file would change, over the estate as it is and as it was')
    .argument('<file>')
    .action(async (file: string, options: OfficeOptions) => {
      await inOffice(options, async ({ context }) => {
        const after = readPolicyFile(file);
        const estate = await loadEstate(context.store);
        const triage = await triageFor(context, estate);
        const licences = licenceJudge(estate, await openLiveDesk().catchUp(context.store), context.clock());
        const preview = await previewPolicy({ reads: context.store, triage, visibility: seesAll, after, licences });
        if (options.json === true) printJson({ ...preview, rules: preview.rules.map(datedPast) });
        else printPreview(preview);
      });
    });
  withOffice(policy.command('propose'))
    .description('propose a policy file; somebody else approves it')
    .argument('<file>')
    .requiredOption('--reason <text>', 'why')
    .action(async (file: string, options: ReasonOptions) => {
      await inOffice(options, async ({ context }) => {
        const document = readPolicyFile(file);
        await perform(context, 'propose-policy', { policy: document }, options.reason);
        print(`Proposed ${policyHash(document)}. It takes effect once somebody else approves it.`);
      });
    });
  withOffice(policy.command('approve'))
    .description('approve the policy with this hash, which somebody else proposed')
    .argument('<hash>')
    .requiredOption('--reason <text>', 'why')
    .action(async (hash: string, options: ReasonOptions) => {
      await inOffice(options, async ({ context }) => {
        await perform(context, 'approve-policy', { hash, approve: true }, options.reason);
        print(`In force: ${hash}.`);
      });
    });
}

async function policyNow(context: Context): Promise<Policy> {
  return policyInForce((await openLiveDesk().catchUp(context.store)).policies).policy;
}

// Whoever reaches the store can make a login link, and is the same somebody: on this machine alone nobody both proposes and approves.
const here: Actor = {
  id: 'link',
  kind: 'link',
  grants: new Map([
    ['policy:write', 'office'],
    ['policy:approve', 'office'],
  ]),
};

async function perform(context: Context, id: string, body: object, reason: string): Promise<void> {
  const kind = actKindOf(id);
  if (kind?.words == null) throw new Error(`There is no act ${id} with words.`);
  const [checked, words] = [kind.body.safeParse(body), kind.words.safeParse({ reason })];
  if (!checked.success) throw new ConfigurationError('That is no hash of a policy: it has 64 characters, 0 to 9 and a to f.');
  if (!words.success) throw new ConfigurationError('The reason needs at least three characters.');
  const wanted = { kind, body: checked.data, words: words.data, actor: here, visibility: seesAll, expects: null };
  const done = await performAct(context, openLiveDesk(), await loadEstate(context.store), wanted);
  if ('refusal' in done) throw new ConfigurationError(done.reason);
}

function printDifferences(differences: ReturnType<typeof policyDifferences>): void {
  if (differences.length === 0) print('It changes nothing.');
  else printTable([['place', 'now', 'then'], ...differences.map(({ place, before, after }) => [place, text(before), text(after)])]);
}

function linesOf(policy: Policy): readonly (readonly [place: string, value: string])[] {
  const lines: (readonly [string, string])[] = [];
  for (const [section, content] of Object.entries(policy)) {
    if (typeof content !== 'object' || section === 'remit' || section === 'rules' || section === 'stages') lines.push([section, text(content)]);
    else
      for (const [key, value] of Object.entries(content))
        if (section === 'clocks' && key === 'days') lines.push(...daysOf(policy));
        else lines.push([`${section}.${key}`, text(value)]);
  }
  return lines;
}

function daysOf({ clocks }: Policy): readonly (readonly [place: string, value: string])[] {
  return Object.entries(clocks.days).map(([action, days]) => [`clocks.days.${action}`, text(days)]);
}

function text(value: unknown): string {
  return value === undefined ? '-' : JSON.stringify(value);
}
