import { componentRef } from '#analysis/components/component-ref.ts';
import type { Estate } from '#estate/estate.ts';
import { componentByRef } from '#estate/questions/listed.ts';
import type { Visibility } from '#model/visibility.ts';
import { ConfigurationError } from './configuration-error.ts';

/** The component that a person means, by any of its refs or by a name that only one bears. Throws with the next step where there is none. */
export function componentNamed(estate: Estate, visibility: Visibility, text: string): number {
  const slot = componentByRef(estate, visibility, text);
  if (slot !== null) return slot;
  const named = estate.components.flatMap((each) => (each.name === text ? (componentByRef(estate, visibility, each.ref) ?? []) : []));
  const [first] = named;
  if (first !== undefined && named.length === 1) return first;
  if (first === undefined)
    throw new ConfigurationError(`There is no component ${JSON.stringify(text)}. guildhall scan lists refs, such as component:acme/api.`);
  const refs = named.map((each) => estate.components[each]?.ref ?? '').sort();
  throw new ConfigurationError(`${String(refs.length)} components are called ${JSON.stringify(text)}. Say which: ${refs.slice(0, 5).join(', ')}`);
}

/** The ref of the component that an upload of this name makes; a ref stays what it is. */
export function uploadRef(name: string): string {
  return componentRef({ namespace: 'uploads', rootName: name, component: name }, '');
}
