import { describe, expect, it } from 'vitest';
import { coversEcosystem } from './ecosystem-scope.ts';

describe('a record for an ecosystem', () => {
  it.each([
    ['Debian:12', 'Debian:12', true],
    ['Debian', 'Debian:12', true],
    ['Debian:12', 'Debian', true],
    ['Debian:11', 'Debian:12', false],
    ['Debian:1', 'Debian:12', false],
    ['Alpine:v3.19', 'Alpine:v3.1', false],
    ['Ubuntu:22.04:LTS', 'Ubuntu:22.04', true],
    ['Ubuntu:Pro:22.04:LTS', 'Ubuntu:22.04:LTS', true],
    ['Ubuntu:Pro:FIPS:22.04:LTS', 'Ubuntu:22.04:LTS', false],
    ['Ubuntu:20.04:LTS', 'Ubuntu:22.04:LTS', false],
    ['Red Hat:enterprise_linux:9::appstream', 'Red Hat:enterprise_linux:9', true],
    ['Red Hat:rhel_aus:8.6::appstream', 'Red Hat:enterprise_linux:8', false],
    ['SUSE:Linux Enterprise Module for Basesystem 15 SP5', 'SUSE:Linux Enterprise Server 15 SP5', true],
    ['SUSE:Linux Enterprise Server 15 SP3-LTSS', 'SUSE:Linux Enterprise Server 15 SP3', true],
    ['SUSE:Linux Enterprise Server 15 SP4', 'SUSE:Linux Enterprise Server 15 SP5', false],
    ['SUSE:Linux Enterprise Server 12', 'SUSE:Linux Enterprise Server 12 SP5', false],
    ['SUSE:Manager Server 4.3', 'SUSE:Linux Enterprise Server 15 SP4', false],
    ['npm', 'PyPI', false],
  ])('%s covers %s: %s', (advised, asked, covers) => {
    expect(coversEcosystem(advised, asked)).toBe(covers);
  });
});
