import type { Framework } from './control.ts';

/** Cybersecurity of products with digital elements in the EU. */
export const cra: Framework = {
  id: 'cra',
  title: 'Cyber Resilience Act, Regulation (EU) 2024/2847',
  source: 'https://eur-lex.europa.eu/eli/reg/2024/2847/oj',
  controls: [
    {
      id: 'Article 13(5)',
      asks: 'Take due care when components of others, open source among them, go into a product.',
      shownBy: 'Inventories with source and hash; findings and decisions about each package.',
    },
    {
      id: 'Article 14',
      asks: 'Report actively exploited vulnerabilities of the product within short times.',
      shownBy: 'When a finding was known here and when it was known to be exploited; what was decided since, with times.',
    },
    {
      id: 'Annex I part II (1)',
      asks: 'Identify and write down components and vulnerabilities, with a software bill of materials at least of the direct ones.',
      shownBy: 'The population of components and what was read of each, SBOMs included.',
    },
    {
      id: 'Annex I part II (2)',
      asks: 'Remedy vulnerabilities without delay.',
      shownBy: 'Episodes of the sampled findings: opened, closed and because of what.',
    },
    {
      id: 'Annex VII',
      asks: 'Keep documentation of how vulnerabilities are handled.',
      shownBy: 'The ledger of decisions, and this pack with its hashes.',
    },
  ],
};
