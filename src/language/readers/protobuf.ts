import { BrokenPart } from './json-parts.ts';
import { maxDepth } from './json.ts';

/** What a field holds: text, a number, one word of a list by its number, or a message. */
export type FieldKind = 'text' | 'number' | readonly string[] | MessageShape;

/** A message's fields by number. What is not named is passed over. */
export type MessageShape = {
  readonly fields: Readonly<Record<number, { readonly name: string; readonly kind: FieldKind; readonly isList?: boolean }>>;
  /** What the message becomes; itself by default. */
  readonly becomes?: (fields: Readonly<Record<string, unknown>>) => unknown;
};

type Place = { readonly from: number; readonly to: number };
/** A field as it stands: a number, or the place of its bytes. */
type Field = { readonly number: number; readonly value: number | Place };

/**
 * The fields of a message of untrusted bytes, those of `lists` left out: they are read one by one by {@link messagesOf}. Throws a {@link BrokenPart} where the
 * bytes are none. https://protobuf.dev/programming-guides/encoding/
 */
export function readMessage(bytes: Uint8Array, shape: MessageShape, lists: readonly string[] = []): Readonly<Record<string, unknown>> {
  return fieldsOf(bytes, { from: 0, to: bytes.length }, shape, 0, new Set(lists));
}

/** The messages of one repeated field, each made when it is come to. */
export function* messagesOf(bytes: Uint8Array, shape: MessageShape, name: string): Generator {
  for (const { number, value } of eachField(bytes, { from: 0, to: bytes.length })) {
    const field = shape.fields[number];
    if (field?.name === name) yield valueOf(bytes, value, field.kind, 1);
  }
}

function fieldsOf(
  bytes: Uint8Array,
  place: Place,
  shape: MessageShape,
  depth: number,
  without: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  if (depth > maxDepth) throw broken('too-deep', `The message is nested more than ${String(maxDepth)} levels.`);
  const found = new Map<string, unknown>();
  for (const { number, value } of eachField(bytes, place)) {
    const field = shape.fields[number];
    if (field === undefined || without.has(field.name)) continue;
    const one = valueOf(bytes, value, field.kind, depth + 1);
    const before = found.get(field.name);
    if (field.isList !== true) found.set(field.name, one);
    else if (Array.isArray(before)) before.push(one);
    else found.set(field.name, [one]);
  }
  return Object.fromEntries(found);
}

function valueOf(bytes: Uint8Array, value: number | Place, kind: FieldKind, depth: number): unknown {
  if (typeof value === 'number')
    return kind === 'number' ? value : Array.isArray(kind) ? ((kind as readonly string[])[value] ?? String(value)) : undefined;
  if (kind === 'text') return textAt(bytes, value);
  if (kind === 'number' || Array.isArray(kind)) {
    // Numbers of a list may come packed; of those we read, the first counts.
    const [first] = value.to > value.from ? varint(bytes, value.from, value.to) : [0];
    return valueOf(bytes, first, kind, depth);
  }
  const shape = kind as MessageShape;
  const fields = fieldsOf(bytes, value, shape, depth, none);
  return shape.becomes === undefined ? fields : shape.becomes(fields);
}

const none: ReadonlySet<string> = new Set();
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textAt(bytes: Uint8Array, { from, to }: Place): string {
  try {
    return utf8.decode(bytes.subarray(from, to));
  } catch {
    throw broken('not-protobuf', 'The file holds a text that is not UTF-8.');
  }
}

function* eachField(bytes: Uint8Array, { from, to }: Place): Generator<Field> {
  for (let at = from; at < to;) {
    const [tag, afterTag] = varint(bytes, at, to);
    const number = Math.floor(tag / 8);
    if (number < 1 || number > 536_870_911) throw notProtobuf();
    switch (tag % 8) {
      case 0: {
        const [value, next] = varint(bytes, afterTag, to);
        yield { number, value };
        at = next;
        break;
      }
      case 1:
        at = afterTag + 8;
        break;
      case 2: {
        const [length, start] = varint(bytes, afterTag, to);
        at = start + length;
        if (at > to) throw notProtobuf();
        yield { number, value: { from: start, to: at } };
        break;
      }
      case 5:
        at = afterTag + 4;
        break;
      default:
        throw notProtobuf();
    }
    if (at > to) throw notProtobuf();
  }
}

/** A number of seven bits a byte, and where it ends. Past 2^53 it is not exact. */
function varint(bytes: Uint8Array, from: number, to: number): readonly [value: number, next: number] {
  let [value, weight] = [0, 1];
  for (let at = from; at < to && at < from + 10; at += 1) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) return [value, at + 1];
    weight *= 128;
  }
  throw notProtobuf();
}

function notProtobuf(): BrokenPart {
  return broken('not-protobuf', 'The file is no protobuf message, or is cut off.');
}

function broken(code: string, message: string): BrokenPart {
  return new BrokenPart({ code, message });
}
