/** One attribute of a SCIM resource (https://www.rfc-editor.org/rfc/rfc7643#section-7), as far as this office knows it. What is not here is ignored. */
export type Attribute = {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'reference' | 'dateTime' | 'complex';
  readonly description: string;
  readonly multiValued?: true;
  readonly required?: true;
  readonly caseExact?: true;
  readonly mutability?: 'readOnly';
  readonly uniqueness?: 'server';
  readonly sub?: readonly Attribute[];
};

/** What a kind of resource consists of: its own attributes and those of one extension, which stand in an object named by its URN. */
export type ResourceSchema = {
  readonly urn: string;
  readonly attributes: readonly Attribute[];
  readonly extension: { readonly urn: string; readonly attributes: readonly Attribute[] } | null;
};

/** A resource as plain values, its attributes named as the schema writes them. */
export type Resource = Record<string, unknown>;

/** The refusal of a request, as SCIM names its kind (https://www.rfc-editor.org/rfc/rfc7644#section-3.12). */
export type ScimProblem = {
  readonly scimType: 'invalidFilter' | 'invalidSyntax' | 'invalidPath' | 'invalidValue' | 'noTarget' | 'tooMany' | 'uniqueness' | 'mutability';
  readonly detail: string;
};

/** What was read, or why it cannot be. */
export type ScimRead<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ScimProblem };

/** A refusal as what was read. */
export function refused(scimType: ScimProblem['scimType'], detail: string): { readonly ok: false; readonly problem: ScimProblem } {
  return { ok: false, problem: { scimType, detail } };
}

/** The attribute of this name, whatever the case of its letters; null when there is none. */
export function attributeNamed(attributes: readonly Attribute[], name: string): Attribute | null {
  const wanted = name.toLowerCase();
  return attributes.find((each) => each.name.toLowerCase() === wanted) ?? null;
}

/** The attributes and sub-attributes of a value that the schema knows, under the names the schema gives them; null for what is no object. */
export function readResource(schema: ResourceSchema, value: unknown): Resource | null {
  const own = objectOf(schema.attributes, value);
  if (own === null || schema.extension === null) return own;
  const { urn, attributes } = schema.extension;
  const said = Object.entries(value as object).find(([key]) => key.toLowerCase() === urn.toLowerCase());
  const extension = said === undefined ? null : objectOf(attributes, said[1]);
  return extension === null ? own : { ...own, [urn]: extension };
}

/** A value of an attribute with only what the schema knows of it. */
export function readValue(attribute: Attribute, value: unknown): unknown {
  if (attribute.multiValued === true)
    return (Array.isArray(value) ? (value as readonly unknown[]) : value === null || value === undefined ? [] : [value]).map((each) =>
      readOne(attribute, each),
    );
  // Some directories send a single value as a list of one.
  return readOne(attribute, Array.isArray(value) && value.length === 1 ? (value as readonly unknown[])[0] : value);
}

function readOne(attribute: Attribute, value: unknown): unknown {
  if (attribute.sub === undefined) return value;
  // A reference may be sent as its value alone.
  if (typeof value === 'string') return { value };
  return objectOf(attribute.sub, value) ?? value;
}

function objectOf(attributes: readonly Attribute[], value: unknown): Resource | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const read: Resource = {};
  for (const [key, held] of Object.entries(value)) {
    const attribute = attributeNamed(attributes, key);
    if (attribute !== null) read[attribute.name] = readValue(attribute, held);
  }
  return read;
}
