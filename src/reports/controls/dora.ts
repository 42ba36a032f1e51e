import type { Framework } from './control.ts';

/** Digital operational resilience of financial firms in the EU. */
export const dora: Framework = {
  id: 'dora',
  title: 'DORA, Regulation (EU) 2022/2554, with Delegated Regulation (EU) 2024/1774',
  source: 'https://eur-lex.europa.eu/eli/reg/2022/2554/oj',
  controls: [
    {
      id: 'Article 8',
      asks: 'Know and keep up to date what ICT assets there are and what they depend on.',
      shownBy: 'The population of components with owner, source and last observation; the coverage statement says what was not read.',
    },
    {
      id: 'Article 9',
      asks: 'Have documented policies for patches and updates.',
      shownBy: 'Policy versions with their author and approver in the ledger; findings with their due dates.',
    },
    {
      id: 'Article 25',
      asks: 'Test regularly, vulnerability assessments and open source analyses among it.',
      shownBy: 'Receipts of each observation; findings with the feed and the record that they rest on.',
    },
    {
      id: '2024/1774 Article 10',
      asks: 'Handle vulnerabilities: find them, rank them, fix or accept them with a reason, and track third-party libraries, open source ones included.',
      shownBy: 'The sample of findings down to raw bytes; the sample of decisions with reason, approver, expiry and hash.',
    },
    {
      id: '2024/1774 Article 12',
      asks: 'Keep logs so that they cannot be altered unnoticed.',
      shownBy: 'The ledger, its checkpoints outside the office and the separate verifier.',
    },
  ],
};
