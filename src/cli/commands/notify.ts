import type { Command } from 'commander';
import { ConfigurationError } from '#operations/configuration-error.ts';
import { openLiveDesk } from '#operations/live-desk.ts';
import { retryDelivery } from '#operations/notify/retry-delivery.ts';
import { tryChannel } from '#operations/notify/try-channel.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import { inOffice, withOffice, type OfficeOptions } from '../office-options.ts';
import { print, printJson, printTable } from '../terminal.ts';

type TestOptions = OfficeOptions & { readonly to?: string };

/** `notify`: what the office tells people, and whether it can. */
export function addNotify(program: Command): void {
  const notify = program.command('notify').description('what the office tells people, and whether it can');
  withOffice(notify.command('test'))
    .description('send a test message on a channel of the configuration, at once')
    .argument('<channel>', 'name of the channel')
    .option('--to <team>', 'the list of this team instead of the addresses of the office (mail only)')
    .action(async (name: string, options: TestOptions) => {
      await inOffice(options, async ({ context, place }, configuration) => {
        const channel = configuration.notify.channels.find((each) => each.name === name);
        if (channel === undefined)
          throw new ConfigurationError(`notify names no channel "${name}". Its names stand under notify.channels of the configuration.`);
        const desk = await openLiveDesk().catchUp(context.store);
        const known = { notify: configuration.notify, access: remoteAccessOf(configuration, place), desk };
        const outcome = await tryChannel(channel, known, { id: context.randomId(), team: options.to ?? '', now: context.clock() });
        if (options.json === true) printJson(outcome);
        else print(outcome.kind === 'sent' ? `${name} took the message.` : `${name}: ${outcome.problem}`);
        if (outcome.kind === 'failed') process.exitCode = 3;
      });
    });
  withOffice(notify.command('deliveries'))
    .description('what is on its way to people and what was, newest first')
    .action(async (options: OfficeOptions) => {
      await inOffice(options, async ({ context }) => {
        const rows = (await context.store.deliveries.list(null)).map(({ id, created, channel, recipient, title, state, tries, problem }) => ({
          id,
          created: new Date(created).toISOString(),
          channel,
          recipient,
          title,
          state,
          tries,
          problem,
        }));
        if (options.json === true) printJson(rows);
        else
          printTable([
            ['id', 'created', 'channel', 'to', 'what', 'state', 'problem'],
            ...rows.map((row) => [row.id, row.created, row.channel, row.recipient, row.title, row.state, row.problem ?? '']),
          ]);
      });
    });
  withOffice(notify.command('retry'))
    .description('let a delivery that was given up be tried again')
    .argument('<id>')
    .action(async (id: string, options: OfficeOptions) => {
      await inOffice(options, async ({ context }) => {
        const done = await retryDelivery(context, id);
        print('refusal' in done ? done.reason : 'It is tried again.');
        if ('refusal' in done) process.exitCode = 1;
      });
    });
}
