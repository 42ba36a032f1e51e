import { search as searchEstate } from '#estate/questions/search.ts';
import { purlOfPackage } from '#operations/ask-estate.ts';
import type { Handler, ReplyOf } from '../asked.ts';

type Group = ReplyOf<'search'>['groups'][number];

/** Search as you type. */
export const search: Handler<'search'> = ({ estate, visibility, findings, query }) => {
  const hits = searchEstate(estate, { estate: visibility, findings }, query.q, query.limit);
  const groups: readonly Group[] = [
    {
      kind: 'component',
      total: hits.components.total,
      items: hits.components.slots.flatMap((slot) => {
        const each = estate.components[slot];
        return each === undefined
          ? []
          : [{ title: each.name, detail: each.ref, href: `/components/${encodeURIComponent(each.ref)}`, severity: null }];
      }),
    },
    {
      kind: 'package',
      total: hits.packages.total,
      items: hits.packages.slots.flatMap((slot) => {
        const each = estate.packages[slot];
        if (each === undefined) return [];
        const purl = purlOfPackage(each.ecosystem, each.name);
        return [{ title: each.name, detail: purl, href: `/packages/${encodeURIComponent(purl)}`, severity: null }];
      }),
    },
    {
      kind: 'advisory',
      total: hits.advisories.total,
      items: hits.advisories.slots.flatMap((slot) => {
        const each = estate.groups[slot];
        if (each === undefined) return [];
        return [
          {
            title: each.title,
            detail: each.ids.join(', '),
            href: `/findings?advisory=${encodeURIComponent(each.key)}`,
            severity: each.severity.level,
          },
        ];
      }),
    },
    {
      kind: 'team',
      total: hits.teams.total,
      items: hits.teams.names.map((name) => ({ title: name, detail: 'Team', href: `/components?team=${encodeURIComponent(name)}`, severity: null })),
    },
  ];
  return { q: query.q, groups: groups.filter((group) => group.items.length > 0) };
};
