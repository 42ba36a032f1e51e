import { describe, expect, it } from 'vitest';
import { problemLines, readFixture } from '../../test/format-fixtures.ts';
import { catalogInfo } from './catalog-info.ts';

const cases = [
  { name: 'empty', entities: [], problems: ['error empty'] },
  { name: 'not-this-format', entities: [], problems: ['error not-catalog-entity'] },
  { name: 'duplicate', entities: ['Component default/till of a', 'Component default/till of b'], problems: [] },
  { name: 'odd-names', entities: ['Group constructor/__proto__ of nobody'], problems: ['error not-catalog-entity'] },
  { name: 'real-world', entities: ['Component default/till of group:default/till-team', 'API public/till-api of till-team'], problems: [] },
];

describe('catalog-info.yaml', () => {
  it.each(cases)('the case $name gives the entities and problems written beside it', ({ name, entities, problems }) => {
    const result = readFixture(catalogInfo, name, 'catalog-info.yaml');
    const lines = (result.entities ?? []).map((each) => `${each.kind} ${each.namespace}/${each.name} of ${each.owner ?? 'nobody'}`);
    expect(lines).toEqual(entities);
    expect(problemLines(result)).toEqual(problems);
  });

  it('what an entity does not say is null', () => {
    expect(readFixture(catalogInfo, 'real-world', 'catalog-info.yaml').entities?.[0]).toEqual({
      kind: 'Component',
      name: 'till',
      namespace: 'default',
      title: 'The till',
      description: 'Sells tea',
      owner: 'group:default/till-team',
      system: 'shop',
      type: 'service',
      lifecycle: 'production',
    });
    expect(readFixture(catalogInfo, 'odd-names', 'catalog-info.yaml').entities?.[0]).toMatchObject({ title: null, system: null, lifecycle: null });
  });
});
