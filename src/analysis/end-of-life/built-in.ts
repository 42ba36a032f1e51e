import type { EndOfLifeRow } from '#model/end-of-life.ts';
import { endOfLifeData, type EndOfLifeData } from './end-of-life-data.ts';

type Row = {
  readonly product: string;
  readonly label: string;
  readonly source: string;
  /** Release line and ISO day on which its last support ended. */
  readonly cycles: Readonly<Record<string, string>>;
};

// Public facts, typed from what the makers announced, of what is met most and ended for good; lines that are not here are unknown, not fine.
const rows: readonly Row[] = [
  {
    product: 'django',
    label: 'Django',
    source: 'https://www.djangoproject.com/download/',
    cycles: { '1.11': '2020-04-01', '2.2': '2022-04-11', '3.2': '2024-04-01', '4.0': '2023-04-01', '4.1': '2023-12-01', '4.2': '2026-04-30' },
  },
  {
    product: 'log4j',
    label: 'Apache Log4j 1',
    source: 'https://logging.apache.org/log4j/1.x/',
    cycles: { '1': '2015-08-05' },
  },
  {
    product: 'angularjs',
    label: 'AngularJS',
    source: 'https://docs.angularjs.org/misc/version-support-status',
    cycles: { '1': '2021-12-31' },
  },
  {
    product: 'vue',
    label: 'Vue',
    source: 'https://v2.vuejs.org/eol/',
    cycles: { '2': '2023-12-31' },
  },
  {
    product: 'bootstrap',
    label: 'Bootstrap',
    source: 'https://github.com/twbs/release',
    cycles: { '3': '2019-07-24', '4': '2023-01-01' },
  },
  {
    product: 'rails',
    label: 'Ruby on Rails',
    source: 'https://rubyonrails.org/maintenance',
    cycles: { '5.2': '2022-06-01', '6.0': '2023-06-01', '6.1': '2024-10-01', '7.0': '2025-04-01' },
  },
  {
    product: 'laravel',
    label: 'Laravel',
    source: 'https://laravel.com/docs/releases#support-policy',
    cycles: { '8': '2023-01-24', '9': '2024-02-06', '10': '2025-02-04' },
  },
];

/** The day on which the list above was last looked through. */
export const builtInOn = '2026-11-28';

/** Products that this build knows by itself: what is said of those that no feed tells of. */
export const builtInProducts: readonly EndOfLifeRow[] = rows.map(({ cycles, ...product }) => ({
  ...product,
  cycles: Object.entries(cycles).map(([name, day]) => ({ name, endsOn: Date.parse(day) / 86_400_000 })),
}));

/** What this build knows by itself of the end of support. */
export const builtInEndOfLife: EndOfLifeData = endOfLifeData(builtInProducts);
