import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sbomMediaType } from '#language/media-type.ts';
import { Refusal } from '../refusal.ts';

/** What a client says with a document: which project it is of, and how. */
export type SentFields = {
  readonly project?: string | undefined;
  readonly projectName?: string | undefined;
  readonly projectVersion?: string | undefined;
  readonly autoCreate?: boolean | undefined;
  readonly isLatest?: boolean | undefined;
};

/** A document as it comes in. `fields` are known once `chunks` have come to their end, since a client may send them after the document. */
export type SentDocument = { readonly chunks: AsyncIterable<Uint8Array>; readonly fields: () => SentFields };

const YesNo = z.union([z.boolean(), z.stringbool()]).optional();
const Fields = z.object({
  project: z.string().max(100).optional(),
  projectName: z.string().min(1).max(300).optional(),
  projectVersion: z.string().max(300).optional(),
  autoCreate: YesNo,
  isLatest: YesNo,
  isLatestProjectVersion: YesNo,
});
// Dependency-Track's own limit.
const longestBase64 = 20_000_000;

/** The document of a JSON body (base64, `PUT`) or of a form (`POST`), under `name`: `bom` or `vex`. */
export function sentDocument(request: FastifyRequest, name: 'bom' | 'vex', limit: number): SentDocument {
  return request.isMultipart() ? fromForm(request, name, limit) : fromJson(request.body, name, limit);
}

function fromJson(body: unknown, name: string, limit: number): SentDocument {
  const read = z.looseObject({ [name]: z.base64().min(1).max(longestBase64) }).safeParse(body);
  if (!read.success) throw new Refusal(400, `The body is JSON with a ${name} in base64, of at most ${String(longestBase64)} characters.`);
  const bytes = Buffer.from(String(read.data[name]), 'base64');
  const fields = checkedFields(read.data);
  return { chunks: checked(one(bytes), name, limit), fields: () => fields };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** A form's parts in whatever order: the document is handed on as it comes, a file or, as the plugin of Jenkins sends it, a plain field. */
function fromForm(request: FastifyRequest, name: string, limit: number): SentDocument {
  const given: Record<string, string> = {};
  let fields: SentFields = {};
  async function* parts(): AsyncGenerator<Uint8Array> {
    for await (const part of request.parts({ limits: { fileSize: limit, fieldSize: limit, fields: 30, files: 1, headerPairs: 50 } })) {
      if (part.type === 'file') {
        if (part.fieldname !== name) throw new Refusal(400, `The form has a file that is no ${name}.`);
        for await (const chunk of part.file) yield chunk as Uint8Array;
        if (part.file.truncated) throw tooLarge(name, limit);
      } else if (part.valueTruncated) throw tooLarge(part.fieldname === name ? name : 'field', limit);
      else if (part.fieldname === name) yield Buffer.from(String(part.value));
      else given[part.fieldname] = String(part.value);
    }
    fields = checkedFields(given);
  }
  return { chunks: checked(parts(), name, limit), fields: () => fields };
}

/** Refuses what is empty, too large, or XML of something else, which would be kept and could not be read: a build should hear of that. */
async function* checked(chunks: AsyncIterable<Uint8Array>, name: string, limit: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    if (bytes === 0 && /^\s*</.test(new TextDecoder().decode(chunk.subarray(0, 100)).replace(/^\ufeff/, '')) && sbomMediaType(chunk) === null)
      throw new Refusal(400, `The ${name} is XML and neither CycloneDX nor SPDX.`);
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge(name, limit);
    yield chunk;
  }
  if (bytes === 0) throw new Refusal(400, `There is no ${name} in the body.`);
}

function checkedFields(given: unknown): SentFields {
  const read = Fields.safeParse(given);
  if (!read.success)
    throw new Refusal(
      400,
      `The fields are not understood: ${read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}.`,
    );
  const { isLatestProjectVersion, ...fields } = read.data;
  return { ...fields, isLatest: fields.isLatest ?? isLatestProjectVersion };
}

function tooLarge(name: string, limit: number): Refusal {
  return new Refusal(413, `A ${name} may have at most ${String(limit)} bytes.`, { connection: 'close' });
}
