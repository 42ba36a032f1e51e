import type { SbomCompleteness, SbomDocument } from '#model/sbom.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';

type Fields = Readonly<Record<string, unknown>>;
type Head = Pick<SbomDocument, 'specVersion' | 'serial' | 'revision' | 'name' | 'createdAt' | 'authors' | 'tools' | 'lifecycles'>;

/** What a CycloneDX document says of itself. */
export function headOf(bom: Fields): Head {
  const metadata = asObject(bom['metadata']) ?? {};
  const timestamp = asString(metadata['timestamp']);
  const authors = [...asArray(metadata['authors']), metadata['manufacturer']].flatMap((each) => textOf(asObject(each)?.['name']));
  return {
    specVersion: asString(bom['specVersion']),
    serial: asString(bom['serialNumber']),
    revision: Number.isSafeInteger(bom['version']) ? Number(bom['version']) : null,
    name: null,
    createdAt: timestamp === null || Number.isNaN(Date.parse(timestamp)) ? null : timestamp,
    authors: [...new Set(authors)],
    tools: toolsOf(metadata['tools']),
    lifecycles: asArray(metadata['lifecycles']).flatMap((each) => textOf(asObject(each)?.['phase'] ?? asObject(each)?.['name'])),
  };
}

/** Whether the compositions of a document say that it is all there is: only where none of them says otherwise. */
export function completenessOf(compositions: unknown): SbomCompleteness {
  const aggregates = asArray(compositions).map((each) => asString(asObject(each)?.['aggregate']) ?? '');
  if (aggregates.some((each) => each.startsWith('incomplete'))) return 'incomplete';
  return aggregates.length > 0 && aggregates.every((each) => each === 'complete') ? 'complete' : 'unknown';
}

/** Until 1.4 a list of tools, since then of components and services. */
function toolsOf(value: unknown): readonly string[] {
  const fields = asObject(value);
  const tools = fields === null ? asArray(value) : [...asArray(fields['components']), ...asArray(fields['services'])];
  return tools.flatMap((each) => {
    const tool = asObject(each) ?? {};
    const name = textOf(tool['name']);
    return name.length === 0 ? [] : [[...name, ...textOf(tool['version'])].join(' ')];
  });
}

function textOf(value: unknown): readonly string[] {
  const text = asString(value)?.trim() ?? '';
  return text === '' ? [] : [text];
}
