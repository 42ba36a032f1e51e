import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Failure } from '#server/schemas/problem.ts';
import type { RouteName, routes } from '#server/schemas/routes.ts';
import { printSearch } from './search-params.ts';
import type { Search } from './search-params.ts';

type Routes = typeof routes;
type ReplyOf<Name extends RouteName> = Routes[Name]['reply'] extends z.ZodType ? z.infer<Routes[Name]['reply']> : null;
type Replies = { [Name in RouteName as Routes[Name]['method'] extends 'GET' ? Routes[Name]['path'] : never]: ReplyOf<Name> };

/** Paths of our API that can be read, as the route table writes them. */
export type ReadPath = keyof Replies;

/** What an API path answers. */
export type Reply<Path extends ReadPath> = Replies[Path];

/** An answer of the API that is not a success. `failure` is null when it was no problem document, or no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly failure: Failure | null;

  constructor(status: number, failure: Failure | null, cause?: unknown) {
    super(failure?.detail ?? (status === 0 ? 'The server does not answer.' : `The server answered with status ${status}.`), { cause });
    this.status = status;
    this.failure = failure;
  }
}

/** A question to the API for `useQuery`: path with its parameters filled in, and the search words that are set. */
export function ask<Path extends ReadPath>(path: Path, params: Readonly<Record<string, string>> = {}, search: Search = {}) {
  const address = addressOf(path, params, search);
  return queryOptions({ queryKey: [path, address], queryFn: ({ signal }) => getJson<Reply<Path>>(address, signal) });
}

/** Asks the API once, past what is cached or on its way. Throws an `ApiError` when it refuses. */
export function read<Path extends ReadPath>(
  path: Path,
  params: Readonly<Record<string, string>>,
  search: Search,
  signal: AbortSignal,
): Promise<Reply<Path>> {
  return getJson<Reply<Path>>(addressOf(path, params, search), signal);
}

/** Address of an API path, also for downloads. */
export function addressOf(path: ReadPath, params: Readonly<Record<string, string>>, search: Search): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? '')) + printSearch(search);
}

/** Asks the API to change something; gives what it answers, null when that is nothing. Throws an `ApiError` when it refuses. */
export async function send(
  method: 'POST' | 'PUT' | 'DELETE',
  address: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const answer = await fetch(address, {
    method,
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === null ? null : JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new ApiError(0, null, cause);
  });
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  throw await errorOf(answer);
}

/** Sends a file as it is; gives what the API answers. Throws an `ApiError` when it refuses. */
export async function sendFile(address: string, file: Blob): Promise<unknown> {
  const answer = await fetch(address, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    body: file,
  }).catch((cause: unknown) => {
    throw new ApiError(0, null, cause);
  });
  if (answer.ok) return answer.json();
  throw await errorOf(answer);
}

/** What went wrong, in words for people. */
export function inWords(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong in the page.';
}

/** How one may sign in, beside login links; `openId` is what the provider is called, null when there is none. */
export async function waysToSignIn(): Promise<{ readonly passwords: boolean; readonly openId: string | null }> {
  const answer = await fetch('/login/ways', { credentials: 'same-origin' });
  if (!answer.ok) throw await errorOf(answer);
  return (await answer.json()) as { readonly passwords: boolean; readonly openId: string | null };
}

/** Ends the session; the next question answers 401. */
export async function signOut(): Promise<void> {
  await fetch('/v1/session', { method: 'DELETE', credentials: 'same-origin' });
}

async function getJson<Body>(address: string, signal: AbortSignal): Promise<Body> {
  const answer = await fetch(address, { signal, credentials: 'same-origin', headers: { accept: 'application/json' } }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new ApiError(0, null, cause);
  });
  if (answer.ok) return (await answer.json()) as Body;
  throw await errorOf(answer);
}

async function errorOf(answer: Response): Promise<ApiError> {
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  return new ApiError(answer.status, isProblem ? ((await answer.json()) as Failure) : null);
}
