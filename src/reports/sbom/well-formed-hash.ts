import type { SbomHash } from '#model/sbom.ts';

/** Hexadecimal digits that an algorithm gives; those of MD6 and BLAKE3 are as many as one asks for. */
const digits: ReadonlyMap<string, number> = new Map([
  ...(['MD2', 'MD4', 'MD5'] as const).map((each) => [each, 32] as const),
  ['SHA-1', 40],
  ...['224', '256', '384', '512'].flatMap((bits) => [`SHA-${bits}`, `SHA3-${bits}`].map((each) => [each, Number(bits) / 4] as const)),
  ...['256', '384', '512'].map((bits) => [`BLAKE2b-${bits}`, Number(bits) / 4] as const),
  ...['256', '512'].map((bits) => [`Streebog-${bits}`, Number(bits) / 4] as const),
  ['ADLER32', 8],
]);

/** Whether a hash is one that its algorithm can give: others are written nowhere, since no reader would take them. */
export function isWellFormed({ algorithm, value }: SbomHash): boolean {
  const expected = digits.get(algorithm);
  return /^[0-9a-f]+$/.test(value) && (expected === undefined || value.length === expected);
}
