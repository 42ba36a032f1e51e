import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { readJson } from '#language/readers/json.ts';
import type { RegistryRecord } from '#model/registry.ts';

/** The most that is carried of one package. */
export const maxLineBytes = 16 * 1024 * 1024;

/** What a registry said of one package, as a bundle carries it: one line of canonical JSON each, those confirmed longest ago first. */
export type CarriedAnswer = {
  readonly ecosystem: string;
  readonly name: string;
  /** When the registry last said so, in Unix milliseconds. */
  readonly confirmedAt: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Null: the registry does not have it. */
  readonly record: RegistryRecord | null;
};

const Text = z.string().max(65_536);
const Time = z.int().nonnegative();
const Place = z.int().nonnegative().nullable();
/** A header as it may be sent again. */
const Validator = z
  .string()
  .regex(/^[\x20-\x7e]{1,2048}$/)
  .nullable();

const Record = z
  .strictObject({
    layout: z.literal(1),
    ecosystem: Text,
    name: Text,
    registry: Text,
    readBy: Text,
    latest: Text.nullable(),
    warning: z.strictObject({ kind: z.enum(['deprecated', 'unpublished', 'quarantined', 'malicious']), reason: Text.nullable() }).nullable(),
    repository: Text.nullable(),
    licences: z.array(z.array(z.strictObject({ field: Text, text: Text }))),
    warnings: z.array(z.strictObject({ kind: z.enum(['deprecated', 'yanked', 'retracted', 'removed']), reason: Text.nullable() })),
    versions: z.array(z.tuple([Text, z.int().nullable(), Place, Place])),
  })
  .refine(({ licences, warnings, versions }) =>
    versions.every(([, , licence, warning]) => (licence ?? -1) < licences.length && (warning ?? -1) < warnings.length),
  );

const Answer: z.ZodType<CarriedAnswer> = z
  .strictObject({ ecosystem: Text, name: Text, confirmedAt: Time, etag: Validator, lastModified: Validator, record: Record.nullable() })
  .refine(({ ecosystem, name, record }) => record === null || (record.ecosystem === ecosystem && record.name === name));

/** Whether a header of an answer can be carried; another is left behind, and the next sync asks for everything. */
export function carriedValidator(header: string | null): string | null {
  return Validator.safeParse(header).success ? header : null;
}

/** The answers of one part, line by line; null for a line that is none. */
export async function* readRegistryLines(file: string): AsyncGenerator<CarriedAnswer | null> {
  let held: Buffer[] = [];
  let bytes = 0;
  const line = (): CarriedAnswer | null => {
    const answer = bytes > maxLineBytes ? null : answerOf(Buffer.concat(held));
    held = [];
    bytes = 0;
    return answer;
  };
  const hold = (piece: Buffer): void => {
    bytes += piece.length;
    // Of a line that is too long only the length is kept.
    if (bytes > maxLineBytes) held = [];
    else held.push(piece);
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      hold(chunk.subarray(start, end));
      start = end + 1;
      yield line();
    }
    hold(chunk.subarray(start));
  }
  if (bytes > 0) yield line();
}

function answerOf(bytes: Uint8Array): CarriedAnswer | null {
  const json = readJson(bytes);
  return Answer.safeParse(json.ok ? json.value : null).data ?? null;
}
