import { hash } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The public id of a finding (model.md 11): 16 characters of base32 over rule, first component ref, purl without version and group key or other
 * subject. It holds over upgrades, rescans and rebuilds; computed with any member id of a group it finds the same finding.
 */
export function findingId(rule: string, component: string, packagePurl: string, subject: string): string {
  const digest = hash('sha256', [rule, component, packagePurl, subject].join('\0'), 'buffer');
  let bits = 0;
  let held = 0;
  let text = '';
  for (const byte of digest) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += alphabet[(held >> (bits - 5)) & 31] ?? '';
      bits -= 5;
      if (text.length === 16) return text;
    }
    held &= (1 << bits) - 1;
  }
  return text;
}
