import type { Framework } from './control.ts';

/** Security assurance of open source. */
export const iso18974: Framework = {
  id: 'iso-18974',
  title: 'ISO/IEC 18974:2023, OpenChain security assurance',
  source: 'https://www.iso.org/standard/86450.html',
  controls: [
    { id: '4.1.1', asks: 'A written policy that is made known.', shownBy: 'Policy versions in the ledger, with author and approver.' },
    { id: '4.1.4', asks: 'Say what the programme covers.', shownBy: 'The coverage statement: what is read, stale, in part or not at all.' },
    {
      id: '4.1.5',
      asks: 'A way to find known vulnerabilities, judge, follow up and close them, also after release.',
      shownBy: 'The chain of each sampled finding, and its decisions.',
    },
    { id: '4.2.2', asks: 'Name who is responsible.', shownBy: 'Owners of components; roles as acts in the ledger.' },
    { id: '4.3.1', asks: 'Keep a bill of materials of what is supplied.', shownBy: 'The population of components with what shows their contents.' },
    {
      id: '4.3.2',
      asks: 'For each component: known vulnerabilities looked for, a record of what was found and what was done.',
      shownBy: 'Findings with matches and raw hashes; decisions with reason, authority and expiry.',
    },
  ],
};
