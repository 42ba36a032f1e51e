import { printSearch } from '../parts/search-params.ts';
import { day } from '../parts/words.ts';

/** Something that the palette can do: go somewhere, or act on the frame. */
export type PaletteCommand = {
  readonly title: string;
  readonly detail: string;
  readonly act: { readonly go: string } | { readonly do: 'theme' | 'shortcuts' };
};

export type CommandContext = {
  /** Path of the present page and the words behind its `?`. */
  readonly path: string;
  readonly search: Readonly<Record<string, string | undefined>>;
  /** Today, as `YYYY-MM-DD`, UTC. */
  readonly today: string;
  readonly isDark: boolean;
};

const spans = [
  [7, 'a week ago'],
  [30, '30 days ago'],
  [91, 'a quarter ago'],
] as const;
const dayMs = 86_400_000;

/** The commands that a text means, best first; all of them for an empty text. A day in the text (`2021-12-12`) is one to show or to compare with. */
export function commandsFor(text: string, context: CommandContext): readonly PaletteCommand[] {
  const wanted = dayIn(text);
  if (wanted !== null) return dayCommands(wanted, context);
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return usualCommands(context).filter(({ title, detail }) => words.every((word) => `${title} ${detail}`.toLowerCase().includes(word)));
}

/** A day written in a text, as `YYYY-MM-DD`; null when there is none. */
export function dayIn(text: string): string | null {
  const found = /(?:^|\s)(\d{4}-\d{2}-\d{2})(?:$|\s)/.exec(text)?.[1];
  return found === undefined || Number.isNaN(Date.parse(found)) ? null : found;
}

function dayCommands(wanted: string, { path, search, today }: CommandContext): readonly PaletteCommand[] {
  if (wanted >= today) return [];
  const until = search['asOf'];
  return [
    { title: `Show everything as of ${day(wanted)}`, detail: 'as of', act: { go: path + printSearch({ ...search, asOf: wanted }) } },
    {
      title: `Compare ${day(wanted)} with ${until === undefined ? 'now' : day(until)}`,
      detail: 'what changed',
      act: { go: `/changes${printSearch({ from: wanted, asOf: until })}` },
    },
  ];
}

function usualCommands({ path, search, today, isDark }: CommandContext): readonly PaletteCommand[] {
  const asOf = search['asOf'];
  const end = asOf ?? today;
  const now: readonly PaletteCommand[] =
    asOf === undefined ? [] : [{ title: 'Go back to now', detail: 'as of', act: { go: path + printSearch({ ...search, asOf: undefined }) } }];
  return [
    ...now,
    ...spans.map(([days, words]): PaletteCommand => {
      const from = new Date(Date.parse(end) - days * dayMs).toISOString().slice(0, 10);
      return { title: `Compare with ${words}`, detail: day(from), act: { go: `/changes${printSearch({ from, asOf })}` } };
    }),
    { title: 'Compare with a day, or show one', detail: 'write it: 2021-12-12', act: { go: '/changes' } },
    { title: isDark ? 'Light theme' : 'Dark theme', detail: 'appearance', act: { do: 'theme' } },
    { title: 'Keyboard shortcuts', detail: '?', act: { do: 'shortcuts' } },
  ];
}
