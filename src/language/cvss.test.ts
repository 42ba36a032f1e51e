import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelOfWord, scoreOf, severityOf } from './cvss.ts';

/** Scores that the CVSS guides and NVD publish for these; for those without a name, what Red Hat's `cvss` 3.x for Python gives. */
const scored: readonly (readonly [what: string, vector: string, score: number])[] = [
  ['CVE-2002-0392, v2', 'AV:N/AC:L/Au:N/C:N/I:N/A:C', 7.8],
  ['CVE-2003-0818, v2', 'AV:N/AC:L/Au:N/C:C/I:C/A:C', 10],
  ['CVE-2003-0062, v2', 'AV:L/AC:H/Au:N/C:C/I:C/A:C', 6.2],
  ['Heartbleed, v2', 'AV:N/AC:L/Au:N/C:P/I:N/A:N', 5],
  ['POODLE, v2', 'AV:N/AC:M/Au:N/C:P/I:N/A:N', 4.3],
  ['lodash CVE-2021-23337, v2', 'AV:N/AC:L/Au:S/C:P/I:P/A:P', 6.5],
  ['Log4Shell, v2, in brackets', '(AV:N/AC:M/Au:N/C:C/I:C/A:C)', 9.3],
  ['no impact, v2', 'AV:N/AC:L/Au:N/C:N/I:N/A:N', 0],
  ['temporal metrics left aside, v2', 'AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C', 7.8],
  ['Log4Shell', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
  ['lodash CVE-2021-23337', 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H', 7.2],
  ['requests CVE-2023-32681', 'CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:C/C:H/I:N/A:N', 6.1],
  ['Heartbleed', 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', 7.5],
  ['Shellshock', 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
  ['POODLE', 'CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', 3.1],
  ['phpMyAdmin CVE-2013-1937', 'CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
  ['MySQL CVE-2013-0375', 'CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4],
  ['VMware CVE-2012-1516', 'CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H', 9.9],
  ['Tomcat CVE-2009-0783', 'CVSS:3.0/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L', 4.2],
  ['Cisco IOS CVE-2012-0384', 'CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 8.8],
  ['Adobe Reader CVE-2009-0658', 'CVSS:3.0/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H', 7.8],
  ['DNS CVE-2008-1447', 'CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N', 6.8],
  ['Sophos CVE-2014-2005', 'CVSS:3.0/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 6.8],
  ['Joomla CVE-2010-0467', 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N', 5.8],
  ['OpenSSL CVE-2014-0224', 'CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N', 7.4],
  ['Chrome CVE-2012-5376', 'CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H', 9.6],
  ['Juniper CVE-2013-6014', 'CVSS:3.0/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H', 9.3],
  ['Samba CVE-2016-2118', 'CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:H/I:H/A:H', 7.5],
  ['no impact', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
  ['temporal metrics left aside', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/E:P/RL:O/RC:C', 10],
  ['metrics in another order', 'CVSS:3.1/S:C/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H', 10],
  ['everything, v4', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', 10],
  ['nginx CVE-2022-41741, v4', 'CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 7.3],
  ['Cisco CVE-2020-3549, v4', 'CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 7.7],
  ['OpenShift CVE-2023-3089, v4', 'CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N', 8.3],
  ['Acrobat CVE-2021-44714, v4', 'CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N', 4.6],
  ['Rocket.Chat CVE-2022-21830, v4', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N', 5.1],
  ['Juniper CVE-2022-22186, v4', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N', 6.9],
  ['VirtualBox CVE-2023-21989, v4', 'CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N', 5.9],
  ['Heartbleed, v4', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N', 8.7],
  ['no exploit known, v4', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U', 8.1],
  ['the same without threat metrics, v4', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 9.3],
  ['safety at stake, v4', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:L/SC:N/SI:N/SA:N/MSI:S', 8.9],
  ['no impact, v4', 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N', 0],
];

describe('scoreOf', () => {
  it.each(scored)('scores %s as others do', (_, vector, score) => {
    expect(scoreOf(vector)?.score).toBe(score);
  });

  const none: readonly (readonly [what: string, vector: string])[] = [
    ['nothing', ''],
    ['a bare number', '7.5'],
    ['a missing mandatory metric', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H'],
    ['a metric given twice', 'CVSS:3.1/AV:N/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['a value of another version', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:P/S:U/C:H/I:H/A:H'],
    ['a version nobody has defined', 'CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['the name of a built-in as a metric', 'AV:N/AC:L/Au:N/C:N/I:N/constructor:C'],
  ];
  it.each(none)('does not guess a score for %s', (_, vector) => {
    expect(scoreOf(vector)).toBeNull();
  });

  it('gives every v4 vector a score between 0 and 10', () => {
    const metrics = [
      'AV:NALP',
      'AC:LH',
      'AT:NP',
      'PR:NLH',
      'UI:NPA',
      'VC:HLN',
      'VI:HLN',
      'VA:HLN',
      'SC:HLN',
      'SI:HLN',
      'SA:HLN',
      'E:XAPU',
      'CR:XHML',
    ];
    const parts = metrics.map((metric) => {
      const [name = '', values = ''] = metric.split(':');
      return fc.constantFrom(...values.split('')).map((value) => `${name}:${value}`);
    });
    fc.assert(
      fc.property(fc.tuple(...parts), (vector) => {
        const score = scoreOf(`CVSS:4.0/${vector.join('/')}`)?.score ?? -1;
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(10);
      }),
    );
  });
});

describe('severityOf', () => {
  const v2 = { type: 'CVSS_V2', score: 'AV:N/AC:L/Au:N/C:C/I:C/A:C' };
  const v31 = { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:C/C:H/I:N/A:N' };
  const v4 = { type: 'CVSS_V4', score: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N' };

  it('lets the newest version count and keeps all of them', () => {
    const rated = severityOf([v2, v4, v31], 'LOW');
    expect(rated).toMatchObject({ level: 'critical', score: 9.3, version: '4.0', vector: v4.score });
    expect(rated.all.map(({ version, score }) => [version, score])).toEqual([
      ['4.0', 9.3],
      ['3.1', 6.1],
      ['2.0', 10],
    ]);
  });

  it('knows no critical for v2', () => {
    expect(severityOf([v2], null)).toMatchObject({ level: 'high', score: 10, version: '2.0' });
  });

  it('takes the word only where no vector can be scored', () => {
    expect(severityOf([{ type: 'CVSS_V3', score: 'broken' }], 'MODERATE')).toEqual({
      level: 'medium',
      score: null,
      version: null,
      vector: null,
      all: [],
    });
  });

  it('takes a distribution’s own word', () => {
    expect(severityOf([{ type: 'Ubuntu', score: 'high' }], null).level).toBe('high');
  });

  it('leaves unknown what nobody has rated', () => {
    expect(severityOf([], null).level).toBe('unknown');
    expect(levelOfWord('UNKNOWN')).toBe('unknown');
  });
});
