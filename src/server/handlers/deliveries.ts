import { nameOf } from '#desk/people/people.ts';
import type { Desk } from '#desk/desk.ts';
import { isoOf } from '#operations/finding-view.ts';
import { linkOf } from '#operations/notify/tickets/ticket-link.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import type { ServedOffice } from '../office.ts';

type Item = ItemOf<'deliveries'>;
type Row = Awaited<ReturnType<ServedOffice['store']['deliveries']['list']>>[number];

/** What the office says on its channels. Titles are for who may see every finding: nobody wrote down whose each is. */
export const deliveries: Handler<'deliveries'> = async ({ office, findings, query }) => {
  const { deliveries: outbox } = office.store;
  const [waiting, sent, dead] = await Promise.all([outbox.list('waiting'), outbox.list('sent'), outbox.list('dead')]);
  const all = [...waiting, ...dead, ...sent];
  const mayRead = findings.kind === 'all';
  const view = (row: Row): Item => deliveryView(row, office.desk.desk, mayRead);
  const hasWords = wordsFilter(query.q);
  const rows = all.filter((row) => {
    if (query.state !== undefined && row.state !== query.state) return false;
    if (query.channel !== undefined && row.channel !== query.channel) return false;
    if (query.kind !== undefined && row.kind !== query.kind) return false;
    if (query.closedByHand === undefined && query.q === undefined) return true;
    const { ticket, title, to, problem } = view(row);
    return (
      (query.closedByHand === undefined || ticket?.closedByHand != null) && hasWords(`${title ?? ''} ${to.name} ${row.channel} ${problem ?? ''}`)
    );
  });
  const sort = query.sort.replace(/^-/, '');
  const nextOf = ({ state, due }: Row): number => (state === 'waiting' ? due : Number.MAX_SAFE_INTEGER);
  return listing({
    rows,
    keyOf: (row: Row) => [sort === 'tries' ? row.tries : sort === 'next' ? nextOf(row) : row.created, row.id],
    view,
    columns,
    extra: () => ({
      states: { waiting: waiting.length, sent: sent.length, dead: dead.length },
      channels: [...new Set(all.map(({ channel }) => channel))].sort(),
      kinds: [...new Set(all.map(({ kind }) => kind))].sort(),
    }),
  });
};

function deliveryView(row: Row, desk: Desk, mayRead: boolean): Item {
  const { id, channel, kind, state, tries, problem, created, due, sent_at: sentAt } = row;
  const link = mayRead ? linkOf(row) : null;
  return {
    ...{ id, channel, kind, state, tries, problem },
    to: recipientOf(row, desk),
    title: mayRead ? row.title : null,
    created: new Date(created).toISOString(),
    next: state === 'waiting' ? new Date(due).toISOString() : null,
    sent: isoOf(sentAt),
    ticket: link === null ? null : { url: link.url, isOpen: link.isOpen, closedByHand: isoOf(link.closedByHand) },
  };
}

function recipientOf({ recipient }: Row, { people }: Desk): Item['to'] {
  if (recipient === '') return { kind: 'channel', name: '' };
  return recipient.startsWith('list:')
    ? { kind: 'list', name: recipient.slice('list:'.length) }
    : { kind: 'person', name: nameOf(people, recipient) };
}

const columns: readonly CsvColumn<Item>[] = [
  ['delivery', (each) => each.id],
  ['created', (each) => each.created],
  ['channel', (each) => each.channel],
  ['kind', (each) => each.kind],
  ['to', (each) => `${each.to.kind} ${each.to.name}`.trim()],
  ['what', (each) => each.title],
  ['state', (each) => each.state],
  ['tries', (each) => each.tries],
  ['problem', (each) => each.problem],
  ['next try', (each) => each.next],
  ['sent', (each) => each.sent],
  ['ticket', (each) => each.ticket?.url ?? null],
];
