import { isPerson } from './owner-name.tsx';
import { counted } from './words.ts';

/** How many owners there are, by kind: `4 teams, 1 person and no owner`. */
export function ownersInWords(owners: readonly (string | null)[]): string {
  const named = [...new Set(owners)].filter((owner) => owner !== null);
  const persons = named.filter(isPerson).length;
  const teams = named.length - persons;
  const words = [
    ...(teams > 0 ? [counted(teams, 'team')] : []),
    ...(persons > 0 ? [counted(persons, 'person', 'persons')] : []),
    ...(owners.includes(null) ? ['no owner'] : []),
  ];
  if (words.length === 0) return 'nobody';
  return [words.slice(0, -1).join(', '), words.at(-1)].filter((part) => part !== '').join(' and ');
}
