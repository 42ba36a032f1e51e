import { textOf } from '../../parts/form-text.ts';

/** One field of the form of a kind of case, as its JSON Schema says it. */
export type FormField = {
  readonly name: string;
  readonly title: string;
  readonly kind: 'text' | 'number' | 'choice' | 'yes-no' | 'list';
  readonly values: readonly string[];
  readonly isNeeded: boolean;
  readonly hint: string;
};

type Schema = {
  readonly type?: string;
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
    const kind = schema.enum !== undefined ? 'choice' : (kinds[schema.type ?? 'string'] ?? 'text');
    return { name, title: titleOf(name), kind, values: schema.enum ?? [], isNeeded: required.includes(name), hint: hints[name] ?? '' };
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

function titleOf(name: string): string {
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
