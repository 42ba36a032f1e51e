import { describe, expect, it } from 'vitest';
import { changedForm, fieldsOf } from './form-fields.ts';

// As zod writes the form of a use: a nullable boolean has two types, other nullable fields a choice of them.
const fields = fieldsOf({
  properties: {
    package: { type: 'string' },
    licence: { default: null, anyOf: [{ type: 'string' }, { type: 'null' }] },
    linking: { default: null, anyOf: [{ type: 'string', enum: ['static', 'dynamic'] }, { type: 'null' }] },
    modified: { default: null, type: ['boolean', 'null'] },
    lines: { default: null, anyOf: [{ type: 'integer' }, { type: 'null' }] },
    countries: { type: 'array' },
  },
  required: ['package'],
});

function said(values: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(`form.${name}`, value);
  return form;
}

describe('the fields of a form', () => {
  it('are asked for by what they take', () => {
    expect(fields.map(({ name, kind, isNeeded, isNullable }) => [name, kind, isNeeded, isNullable])).toEqual([
      ['package', 'text', true, false],
      ['licence', 'text', false, true],
      ['linking', 'choice', false, true],
      ['modified', 'yes-no', false, true],
      ['lines', 'number', false, true],
      ['countries', 'list', false, false],
    ]);
  });

  it('change what was filled in, and what was emptied is not known any more', () => {
    const form = { package: 'pkg:npm/x', licence: 'MIT', linking: 'static', modified: null, lines: 4, countries: ['DE'], paid: true };
    expect(changedForm(form, fields, said({ package: 'pkg:npm/x', linking: 'dynamic', modified: 'false', lines: '5', countries: 'DE, GB' }))).toEqual(
      {
        ...form,
        ...{ licence: null, linking: 'dynamic', modified: false, lines: 5, countries: ['DE', 'GB'] },
      },
    );
  });
});
