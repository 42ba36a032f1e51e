import { describe, expect, it } from 'vitest';
import { parseKev } from './kev.ts';

function parse(catalogue: unknown) {
  return parseKev(new TextEncoder().encode(JSON.stringify(catalogue)));
}

const log4shell = {
  cveID: 'CVE-2021-44228',
  vendorProject: 'Apache',
  product: 'Log4j2',
  vulnerabilityName: 'Apache Log4j2 Remote Code Execution Vulnerability',
  dateAdded: '2021-12-10',
  dueDate: '2021-12-24',
  knownRansomwareCampaignUse: 'Known',
};

describe('parseKev', () => {
  it('gives what is exploited by CVE id', () => {
    const { catalogVersion, entries, problems } = parse({ catalogVersion: '2025.08.25', count: 1, vulnerabilities: [log4shell] });
    expect(catalogVersion).toBe('2025.08.25');
    expect([...entries.values()]).toEqual([
      {
        cve: 'CVE-2021-44228',
        dateAdded: '2021-12-10',
        dueDate: '2021-12-24',
        ransomware: true,
        title: 'Apache Log4j2 Remote Code Execution Vulnerability',
      },
    ]);
    expect(problems).toEqual([]);
  });

  it('counts and names bad rows and keeps the rest', () => {
    const rows = [log4shell, null, { ...log4shell, cveID: 'CVE-X' }, { ...log4shell, cveID: 'CVE-2020-12345', dateAdded: '2020-13-45' }];
    const { entries, rejected, problems } = parse({ count: 4, vulnerabilities: rows });
    expect([...entries.keys()]).toEqual(['CVE-2021-44228']);
    expect(rejected).toBe(3);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('CVE-2020-12345');
  });

  it('says when rows are missing from the catalogue', () => {
    expect(parse({ count: 1400, vulnerabilities: [log4shell] }).problems.map(({ code }) => code)).toEqual(['wrong-count']);
  });

  it.each([['null'], ['[]'], ['{"vulnerabilities":{}}'], ['{"vulner']])('says that %s is no catalogue', (text) => {
    const { entries, problems } = parseKev(new TextEncoder().encode(text));
    expect(entries.size).toBe(0);
    expect(problems[0]?.severity).toBe('error');
  });
});
