import { deliveryWords } from './policy-verdict.tsx';
import type { FormField } from './form-fields.ts';

type FormFieldInputProps = { readonly field: FormField; /** What stands in it at first; absent or null: nothing. */ readonly value?: unknown };

/** One field of a form that a JSON Schema describes, with its label. What is not needed may be left as not known. */
export function FormFieldInput({ field, value }: FormFieldInputProps) {
  const name = `form.${field.name}`;
  const first = Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
  switch (field.kind) {
    case 'choice':
    case 'yes-no':
      return (
        <label>
          {field.title}
          <select className="field" name={name} required={field.isNeeded} defaultValue={first}>
            {!field.isNeeded && <option value="">not known</option>}
            {(field.kind === 'yes-no' ? ['false', 'true'] : field.values).map((each) => (
              <option key={each} value={each}>
                {wordsOf(field, each)}
              </option>
            ))}
          </select>
        </label>
      );
    case 'list':
    case 'text':
    case 'number':
      return (
        <label>
          {field.title}
          <input
            className="field mono"
            name={name}
            required={field.isNeeded}
            defaultValue={first}
            {...(field.kind === 'number' ? { type: 'number', min: 1 } : {})}
            placeholder={field.kind === 'list' ? 'DE, GB' : field.hint}
          />
        </label>
      );
    default:
      return field.kind satisfies never;
  }
}

function wordsOf({ kind, name }: FormField, value: string): string {
  if (kind === 'yes-no') return value === 'true' ? 'yes' : 'no';
  return name === 'delivery' && value in deliveryWords ? deliveryWords[value as keyof typeof deliveryWords] : value;
}
