import { shortened } from '../notices/message-of.ts';
import { quoted, words, type Block, type Piece } from './rich-text.ts';
import { nameOfFinding, type Ticket, type TicketEnd, type TicketFinding } from './ticket.ts';

const mostFindings = 50;
const mostNames = 10;

/** The title of a ticket: one line of plain text, at most 200 characters, in which nobody is called. */
export function ticketTitle({ package: name, component, findings, isOpen }: Ticket): string {
  const what = name === '' ? component.name : `${name} in ${component.name}`;
  const ids = findings.slice(0, 3).map(nameOfFinding);
  const rest = findings.length - ids.length;
  const which = isOpen ? `: ${ids.join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}` : '';
  return shortened(`${what}${which}`).replaceAll('@', '(at)').slice(0, 200);
}

/** What stands in a ticket. `office` is where people reach the office, without a slash at the end; null leaves links out. */
export function ticketBody(ticket: Ticket, office: string | null): readonly Block[] {
  const { findings, ended, component, purl } = ticket;
  const shown = findings.slice(0, mostFindings);
  const where = purl === '' ? [] : [quoted(shortened(purl)), words(' in ')];
  return [
    { kind: 'paragraph', line: [...where, quoted(shortened(component.ref)), words(stateWords(ticket))] },
    ...(shown.length === 0 ? [] : [{ kind: 'list', items: shown.map((each) => findingLine(each, office)) } as const]),
    ...(findings.length > shown.length ? [paragraph(words(`And ${String(findings.length - shown.length)} more.`))] : []),
    ...(ended.length === 0 ? [] : [paragraph(words('No longer open:')), { kind: 'list', items: ended.map(endLine) } as const]),
    paragraph(words('The office keeps this ticket in step with what it sees. Closing it here closes nothing there: what is fixed ends by itself.')),
  ];
}

/** What is said beside a ticket when findings came or went since `told`, the ids it named before; null when none did. */
export function ticketNews({ findings, ended, isOpen }: Ticket, told: readonly string[]): readonly Block[] | null {
  const [before, open] = [new Set(told), new Set(findings.map(({ id }) => id))];
  const came = findings.filter(({ id }) => !before.has(id));
  const went = ended.filter(({ id }) => before.has(id) && !open.has(id));
  if (came.length === 0 && went.length === 0 && isOpen) return null;
  return [
    ...(came.length === 0 ? [] : [paragraph(words('New here: '), ...named(came.map(nameOfFinding)), words('.'))]),
    ...(went.length === 0 ? [] : [paragraph(words('No longer open:')), { kind: 'list', items: went.slice(0, mostFindings).map(endLine) } as const]),
    ...(isOpen ? [] : [paragraph(words('Nothing is open here any more, so this is closed.'))]),
  ];
}

function stateWords({ findings, isOpen }: Ticket): string {
  if (!isOpen) return ': nothing is open.';
  return findings.length === 1 ? ': one finding is open.' : `: ${String(findings.length)} findings are open.`;
}

function findingLine({ id, ids, title, severity, versions, fix, due, notes }: TicketFinding, office: string | null): readonly Piece[] {
  return [
    quoted(shortened(ids.length === 0 ? title : ids.slice(0, 3).join(', '))),
    words(` (${severity})`),
    ...(ids.length === 0 ? [] : [words(' '), quoted(shortened(title))]),
    ...(versions.length === 0 ? [] : [words('; in use '), quoted(shortened(versions.slice(0, mostNames).join(', ')))]),
    ...(fix === null ? [] : [words('; fixed in '), quoted(shortened(fix))]),
    ...(due === null ? [] : [words(`; due ${due}`)]),
    ...notes.map((note) => words(`; ${note}`)),
    ...(office === null ? [] : [words(' '), { kind: 'link', text: 'Open in the office', url: `${office}/findings?id=${id}` } as const]),
  ];
}

function endLine({ name, because }: TicketEnd): readonly Piece[] {
  return [quoted(shortened(name)), words(': '), quoted(shortened(because))];
}

function named(names: readonly string[]): readonly Piece[] {
  const shown = names.slice(0, mostNames).flatMap((name, at) => (at === 0 ? [quoted(shortened(name))] : [words(', '), quoted(shortened(name))]));
  return names.length > mostNames ? [...shown, words(` and ${String(names.length - mostNames)} more`)] : shown;
}

function paragraph(...line: readonly Piece[]): Block {
  return { kind: 'paragraph', line };
}
