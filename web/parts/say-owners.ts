import type { QueryClient } from '@tanstack/react-query';
import type { Ownership } from '#server/schemas/ownership.ts';
import { act } from './acts.ts';
import { offerUndo } from './undo.ts';
import { counted } from './words.ts';

/** A component, the owner that sources name for it, and what was said of that before. */
export type SayOf = { readonly ref: string; readonly name: string; readonly owner: string; readonly said: Ownership['said'] };

/** Confirms or disclaims the owners of components as one act, and offers to take that back. Throws when it is refused. */
export async function sayOwners(client: QueryClient, what: 'confirmed' | 'disclaimed', of: readonly SayOf[]): Promise<void> {
  await send(what, of);
  await refresh(client);
  const [first] = of;
  const about = of.length === 1 ? (first?.name ?? '') : counted(of.length, 'component');
  offerUndo({
    said: `${what === 'confirmed' ? 'Confirmed' : 'Not theirs'}: ${about}`,
    undo: async () => {
      // What stood before stands again; where nothing did, nothing does.
      const before = Map.groupBy(of, ({ said, owner }) => (said?.owner === owner ? said.what : 'withdrawn'));
      for (const [said, rows] of before) await send(said, rows);
      await refresh(client);
    },
  });
}

async function send(what: 'confirmed' | 'disclaimed' | 'withdrawn', of: readonly SayOf[]): Promise<void> {
  const body = { owners: of.map(({ ref, owner }) => ({ component: ref, owner })) };
  if (what === 'confirmed') await act('confirm-owner', { body, words: null });
  else if (what === 'disclaimed') await act('disclaim-owner', { body, words: {} });
  else await act('withdraw-ownership', { body, words: null });
}

async function refresh(client: QueryClient): Promise<void> {
  await Promise.all([client.invalidateQueries({ queryKey: ['/v1/attestations'] }), client.invalidateQueries({ queryKey: ['/v1/components/:ref'] })]);
}
