import type { LicenceException } from '#desk/licences/exceptions.ts';
import type { Estate } from '#estate/estate.ts';
import { isVisible } from '#estate/questions/visible.ts';
import type { Visibility } from '#model/visibility.ts';

/** Whether the asker may see an exception: one of what they may see, and one that is about no component or team. */
export function isExceptionSeen(estate: Estate, visibility: Visibility, { predicate: { component, team } }: LicenceException): boolean {
  if (component === undefined) return team === undefined || isVisible({ team }, visibility);
  const holder = estate.components[estate.componentByRef.get(component) ?? -1];
  return holder !== undefined && isVisible(holder, visibility);
}
