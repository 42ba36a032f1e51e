import type { Command } from 'commander';
import { builtInPolicy, useOf } from '#desk/policy/policy.ts';
import { knownRules } from '#operations/rules/known-rules.ts';
import { printJson, printTable } from '../terminal.ts';

/** `rules`: how this build judges, one row each. */
export function addRules(program: Command): void {
  program
    .command('rules')
    .description('how this build judges, and the settings of each rule')
    .option('--json', 'one JSON document')
    .action((options: { readonly json?: true }) => {
      const rows = knownRules.map(({ id, title, finds, cannotSee, explain, remedy, settings }) => ({
        ...{ id, title, finds, cannotSee, explain, remedy },
        use: useOf(builtInPolicy, id),
        settings: settings.parse({}),
      }));
      if (options.json === true) printJson(rows);
      else printTable([['rule', 'built in', 'finds'], ...rows.map((each) => [each.id, each.use, each.finds])]);
    });
}
