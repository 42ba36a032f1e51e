/** Numbers from 0 to below `limit`, the same for the same seed. */
export type Dice = (limit: number) => number;

/** Marsaglia's xorshift with 32 bits: the drill is to be repeated, not to be unguessable. */
export function diceOf(seed: number): Dice {
  let state = seed | 0 || 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % Math.max(1, limit);
  };
}

/** What stands where something else is expected. */
const oddTokens = [
  'null',
  '-1',
  '1e400',
  '""',
  '{}',
  '[]',
  '"\\u0000"',
  '"__proto__"',
  '\u202e',
  '\ufeff',
  '\0',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&amp;',
  ']]>',
  '*a',
  '&a',
  '<<:',
  '../../etc/passwd',
  '${jndi:x}',
  '%s',
  '\r',
  "'",
  '"',
  '\\',
  '#',
  '@',
  '999999999999999999999999',
];

/** One broken copy of a document: bytes changed, parts moved, lost or doubled, or a value of another kind. */
export function mutated(bytes: Buffer, dice: Dice): Buffer {
  const ways = isJson(bytes) ? 8 : 7;
  let result = bytes;
  for (let times = 1 + dice(3); times > 0; times -= 1) result = onceMutated(result, dice(ways), dice);
  return result;
}

function onceMutated(bytes: Buffer, way: number, dice: Dice): Buffer {
  const at = dice(bytes.length + 1);
  const size = 1 + dice(Math.max(1, Math.min(bytes.length - at, 64)));
  switch (way) {
    case 0: // single bits
      return withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << dice(8)));
    case 1:
      return withByte(bytes, at, dice(256));
    case 2: // a part is lost
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
    case 3: // a part is doubled, many times now and then
      return Buffer.concat([bytes.subarray(0, at), ...Array<Buffer>(1 + dice(3) ** 4).fill(bytes.subarray(at, at + size)), bytes.subarray(at)]);
    case 4: // a part stands somewhere else
      return moved(bytes, at, size, dice);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(oddTokens[dice(oddTokens.length)] ?? ''), bytes.subarray(at)]);
    case 6: // lines are lost, doubled or swapped
      return withLines(bytes, dice);
    default:
      return withOddValue(bytes, dice);
  }
}

function withByte(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  if (at < copy.length) copy[at] = value;
  return copy;
}

function moved(bytes: Buffer, at: number, size: number, dice: Dice): Buffer {
  const part = bytes.subarray(at, at + size);
  const rest = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
  const to = dice(rest.length + 1);
  return Buffer.concat([rest.subarray(0, to), part, rest.subarray(to)]);
}

function withLines(bytes: Buffer, dice: Dice): Buffer {
  const lines = bytes.toString('latin1').split('\n');
  const at = dice(lines.length);
  const line = lines[at] ?? '';
  const way = dice(4);
  if (way === 0) lines.splice(at, 1);
  else if (way === 1) lines.splice(at, 0, line);
  else if (way === 2) lines.splice(dice(lines.length), 0, ...lines.splice(at, 1));
  else lines[at] = line.replace(/[:=].*/, (rest) => rest.charAt(0));
  return Buffer.from(lines.join('\n'), 'latin1');
}

function isJson(bytes: Buffer): boolean {
  return /^\s*[{[]/.test(bytes.subarray(0, 100).toString('latin1'));
}

const oddValues: readonly unknown[] = [null, 7, -0.5, 'text', '', true, [], {}, [[]], [null], 'x'.repeat(5_000), '\u0000', { a: null }];

/** A value somewhere in the document becomes one of another kind. */
function withOddValue(bytes: Buffer, dice: Dice): Buffer {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return bytes;
  }
  let [here, depth] = [value, 0];
  while (typeof here === 'object' && here !== null) {
    const entries = Object.keys(here);
    const key = entries[dice(entries.length)];
    if (key === undefined) break;
    const inner = (here as Record<string, unknown>)[key];
    depth += 1;
    if (typeof inner === 'object' && inner !== null && dice(4) > 0 && depth < 20) {
      here = inner;
      continue;
    }
    Object.defineProperty(here, key, { value: oddValues[dice(oddValues.length)], enumerable: true, writable: true, configurable: true });
    break;
  }
  return Buffer.from(JSON.stringify(value));
}
