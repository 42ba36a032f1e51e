import { describe, expect, it } from 'vitest';
import { isSpdxLicenceId } from './licence-ids.ts';

describe('SPDX licence ids', () => {
  it.each([
    ['MIT', true],
    ['apache-2.0', true],
    ['0BSD', true],
    ['ZPL-2.1', true],
    ['GPL-2.0+', true],
    ['Apache-2', false],
    ['MyCustomLicense', false],
    ['', false],
    ['__proto__', false],
  ])('%s is one: %s', (text, known) => {
    expect(isSpdxLicenceId(text)).toBe(known);
  });
});
