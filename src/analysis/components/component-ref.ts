import { hash } from 'node:crypto';
import type { Place } from '#model/receipt.ts';

/** `component:<namespace>/<name>` of a directory of a source (model.md 10); the root has the source's own name. */
export function componentRef(place: Place, dir: string): string {
  if (place.component !== undefined)
    return place.component.startsWith('component:') ? place.component : `component:${clean(place.namespace)}/${clean(place.component)}`;
  return `component:${clean(place.namespace)}/${componentName(place, dir)}`;
}

/** The name alone, as shown. */
export function componentName(place: Place, dir: string): string {
  if (place.component !== undefined) return place.component.slice(place.component.indexOf('/') + 1);
  return clean(dir === '' ? place.rootName : `${place.rootName}-${dir}`);
}

/** The ref for a directory whose first choice another component already has. */
export function refOnCollision(ref: string, origin: string, dir: string): string {
  return `${ref}-${hash('sha256', `${origin}\0${dir}`, 'hex').slice(0, 6)}`;
}

function clean(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+|-+$/g, '') || 'unnamed';
}
