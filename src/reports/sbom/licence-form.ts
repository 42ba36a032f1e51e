import { parseExpression } from '#language/spdx/expression.ts';
import { spdxLicenceId } from '#language/spdx/licence-ids.ts';

/** What kind of text a licence is: an id of the SPDX list as the list spells it, another expression, or any other words. */
export type LicenceForm = 'id' | 'expression' | 'name';

const known = new Map<string, LicenceForm>();
const keptForms = 20_000;

/** How a licence can be written. The same few come again and again. */
export function licenceFormOf(text: string): LicenceForm {
  let form = known.get(text);
  if (form === undefined) {
    if (known.size >= keptForms) known.clear();
    known.set(text, (form = spdxLicenceId(text) === text ? 'id' : parseExpression(text).ok ? 'expression' : 'name'));
  }
  return form;
}
