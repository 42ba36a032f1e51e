import { componentRef } from '#analysis/components/component-ref.ts';
import type { ComponentTable } from '#store/schema.ts';
import type { StoreReads } from '#store/store.ts';

/** The component's own source and every upload for it, under whatever ref it was named. */
export async function originsOf(reads: StoreReads, component: ComponentTable): Promise<readonly string[]> {
  const origins = [component.origin];
  for (const origin of await reads.origins()) {
    if (!origin.startsWith('upload:') || origin === component.origin) continue;
    const place = (await reads.lastReceiptOf(origin))?.place;
    if (place != null && (await reads.componentByRef(componentRef(place, '')))?.id === component.id) origins.push(origin);
  }
  return origins;
}
