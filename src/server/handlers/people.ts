import { isLive } from '#desk/access/actors.ts';
import { roles } from '#desk/access/roles.ts';
import { nameOf, type Person } from '#desk/people/people.ts';
import { isActive } from '#desk/people/people.ts';
import { isoOf } from '#operations/finding-view.ts';
import { importPeople as importOf } from '#operations/import-people.ts';
import { problemView } from '#operations/receipt-view.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { afterAll, wordsFilter, yesNo } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';
import { wholeBody } from '../whole-body.ts';

const statusOf = { 'not-allowed': 403, unknown: 404, changed: 412, invalid: 409 } as const;
const longestTable = 20_000_000;

/** People known here. */
export const people: Handler<'people'> = async ({ office, query }) => {
  const { desk } = office.desk;
  const now = office.clock();
  const signedIn = new Map((await office.store.auth.signedIn()).map((row) => [row.person, row.at]));
  const hasWords = wordsFilter(query.q);
  const rows = [...desk.people.values()].filter(
    (each) =>
      hasWords([each.words?.name, each.words?.user, each.words?.email, ...each.teams].join(' ')) &&
      (query.team === undefined || each.teams.includes(query.team)) &&
      yesNo(query.active, isActive(each, now)),
  );
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (each: Person) => [sort === 'team' ? (each.teams[0] ?? afterAll) : (each.words?.name ?? afterAll).toLowerCase(), each.id],
    view: (each) => ({
      id: each.id,
      name: each.words?.name ?? null,
      user: each.words?.user ?? null,
      email: each.words?.email ?? null,
      teams: [...each.teams],
      entity: each.entity,
      function: each.function,
      costCentre: each.costCentre,
      jobRole: each.jobRole,
      manager: each.manager === null ? null : { id: each.manager, name: nameOf(desk.people, each.manager) },
      source: each.source,
      active: isActive(each, now),
      leaves: isoOf(each.leaves),
      roles: (desk.access.grantsOf.get(each.id) ?? []).flatMap((grant) => (isLive(desk, grant, now) ? [roles[grant.role].title] : [])),
      lastSignIn: isoOf(signedIn.get(each.id) ?? null),
    }),
    columns,
  });
};

/** Takes over people from CSV. */
export const importPeople: Handler<'importPeople'> = async ({ office, principal, query, request }) => {
  const bytes = await wholeBody(request, Math.min(longestTable, office.uploadBytes), 'A table of people');
  const done = await importOf(office.context, office.desk, {
    bytes,
    columns: query.columns,
    isComplete: query.complete === 'true',
    isDryRun: query.dryRun === 'true',
    actor: principal.actor,
  });
  if ('refusal' in done) throw new Refusal(statusOf[done.refusal], done.reason);
  return { ...done, acts: [...done.acts], problems: done.problems.map(problemView) };
};

const columns: readonly CsvColumn<ItemOf<'people'>>[] = [
  ['person', (each) => each.id],
  ['name', (each) => each.name],
  ['user', (each) => each.user],
  ['email', (each) => each.email],
  ['teams', (each) => each.teams.join(' ')],
  ['legal entity', (each) => each.entity],
  ['function', (each) => each.function],
  ['cost centre', (each) => each.costCentre],
  ['job role', (each) => each.jobRole],
  ['manager', (each) => each.manager?.name ?? null],
  ['source', (each) => each.source],
  ['active', (each) => (each.active ? 'yes' : 'no')],
  ['leaves', (each) => each.leaves],
  ['roles', (each) => each.roles.join(', ')],
  ['last sign-in', (each) => each.lastSignIn],
];
