import { isActive, type Person } from '../people/people.ts';

/** What a directory keeps here by SCIM. */
export type Provisioning = {
  /** Persons whom it deleted. They left; their acts, and who they were, stay. */
  readonly deleted: Set<string>;
  /** Its groups, which are teams here, by the id it was given for them. */
  readonly teams: Map<string, ProvisionedTeam>;
};

/** A team that a directory keeps. Its members are whoever has its name among their teams. */
export type ProvisionedTeam = {
  readonly id: string;
  readonly name: string;
  /** How the directory names it; null when it did not say. */
  readonly externalId: string | null;
  /** When it was first said, and by which act last. Unix milliseconds. */
  readonly since: number;
  readonly at: number;
  readonly seq: number;
};

/** No directory said anything yet. */
export function noProvisioning(): Provisioning {
  return { deleted: new Set(), teams: new Map() };
}

/** True for somebody whom a directory deleted and who did not come back by another way since. */
export function isDeleted(desk: { readonly provisioning: Provisioning }, person: Person, now: number): boolean {
  return desk.provisioning.deleted.has(person.id) && !isActive(person, now);
}

/** The provisioned team of this name, whatever the case of its letters; null when there is none. */
export function teamNamed({ teams }: Provisioning, name: string): ProvisionedTeam | null {
  const wanted = name.toLowerCase();
  for (const team of teams.values()) if (team.name.toLowerCase() === wanted) return team;
  return null;
}
