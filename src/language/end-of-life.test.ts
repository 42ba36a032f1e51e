import { describe, expect, it } from 'vitest';
import { parseEndOfLife } from './end-of-life.ts';

const day = (text: string): number => Date.parse(text) / 86_400_000;
const read = (said: unknown) => parseEndOfLife(Buffer.from(typeof said === 'string' ? said : JSON.stringify(said)));
const product = (name: unknown, releases: unknown, more: object = {}) => ({
  name,
  label: 'Ink',
  links: { html: 'https://ink.example/eol' },
  releases,
  ...more,
});

describe('products of endoflife.date', () => {
  it('have release lines with the day on which support ends, by the dates and not by what was computed from them', () => {
    const { products, generatedAt, problems } = read({
      generated_at: '2026-11-22T02:00:00Z',
      result: [
        product('ink', [
          { name: '4.2', isEol: false, eolFrom: '2027-03-31' },
          { name: '3', isEol: true, eolFrom: null },
          { name: '5', isEol: false, eolFrom: null },
          { name: 6, eolFrom: '2030-01-01' },
        ]),
      ],
    });
    expect([generatedAt, problems]).toEqual([Date.parse('2026-11-22T02:00:00Z'), []]);
    expect(products).toEqual([
      {
        product: 'ink',
        label: 'Ink',
        source: 'https://ink.example/eol',
        cycles: [
          { name: '4.2', endsOn: day('2027-03-31') },
          { name: '3', endsOn: day('2026-11-22') },
          { name: '5', endsOn: null },
        ],
      },
    ]);
  });

  it.each([
    ['the page of an error', '<!DOCTYPE html><html></html>', 'not-json'],
    ['nothing', '', 'not-json'],
    ['the older API', [{ cycle: '1', eol: true }], 'not-end-of-life'],
    ['one product', { result: product('ink', []) }, 'not-end-of-life'],
  ])('are none in %s', (_, said, code) => {
    expect(read(said)).toMatchObject({ products: [], problems: [{ code, severity: 'error' }] });
  });

  it('without a usable name or release line are left out and counted, and links that are no https are not followed', () => {
    const line = [{ name: '1', eolFrom: '2020-01-01' }];
    const odd = [
      product('../x', line),
      product('ink', 'none'),
      product('pen', []),
      null,
      product('nib', line, { links: { html: 'javascript:alert(1)' } }),
    ];
    const { products, rejected } = read({ result: odd });
    expect([products.map(({ product: name, source }) => `${name} ${source}`), rejected]).toEqual([['nib https://endoflife.date/nib'], 4]);
  });
});
