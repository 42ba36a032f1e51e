import { textOf } from './form-text.ts';

/** One field of the form of a kind of case, as its JSON Schema says it. */
export type FormField = {
  readonly name: string;
  readonly title: string;
  readonly kind: 'text' | 'number' | 'choice' | 'yes-no' | 'list';
  readonly values: readonly string[];
  readonly isNeeded: boolean;
  /** Null says that it is not known. */
  readonly isNullable: boolean;
  readonly hint: string;
};

type Schema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

const hints: Readonly<Record<string, string>> = {
  package: 'pkg:npm/left-pad',
  licence: 'Apache-2.0 OR MIT',
  version: '1.3.0',
  component: 'component:firm/portal',
};

/** The fields of a form. What may be null may be left empty: it is not known. */
export function fieldsOf(form: Readonly<Record<string, unknown>>): readonly FormField[] {
  const { properties = {}, required = [] } = form as Schema;
  return Object.entries(properties).map(([name, whole]) => {
    const schema = whole.anyOf?.find((each) => each.type !== 'null') ?? whole;
    const types = [whole, ...(whole.anyOf ?? [])].flatMap(({ type = [] }) => type);
    const isNullable = types.includes('null');
    const type = types.find((each) => each !== 'null') ?? 'string';
    const kind = schema.enum !== undefined ? 'choice' : (kinds[type] ?? 'text');
    return { name, title: titleOf(name), kind, values: schema.enum ?? [], isNeeded: required.includes(name), isNullable, hint: hints[name] ?? '' };
  });
}

const kinds: Readonly<Record<string, FormField['kind']>> = { boolean: 'yes-no', integer: 'number', number: 'number', array: 'list', string: 'text' };

/** What was filled in, by field; empty ones are left to what the form takes for them. */
export function formOf(fields: readonly FormField[], said: FormData): Readonly<Record<string, unknown>> {
  const form: Record<string, unknown> = {};
  for (const { name, kind } of fields) {
    const text = textOf(said, `form.${name}`);
    if (text === '') continue;
    if (kind === 'yes-no') form[name] = text === 'true';
    else if (kind === 'number') form[name] = Number(text);
    else if (kind === 'list') form[name] = text.split(/[\s,]+/).filter((each) => each !== '');
    else form[name] = text;
  }
  return form;
}

/** A form with what was filled in for some of its fields; those emptied are not known any more. */
export function changedForm(
  form: Readonly<Record<string, unknown>>,
  fields: readonly FormField[],
  said: FormData,
): Readonly<Record<string, unknown>> {
  const filled = formOf(fields, said);
  const emptied = fields.filter((field) => field.isNullable && !(field.name in filled)).map(({ name }) => [name, null] as const);
  return { ...form, ...Object.fromEntries(emptied), ...filled };
}

/** What a field is called for people. */
export function titleOf(name: string): string {
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
