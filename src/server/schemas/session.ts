import { z } from 'zod';

/** A role of somebody, as it holds now. */
export const HeldRole = z.object({
  role: z.string(),
  title: z.string(),
  how: z.enum(['granted', 'delegated', 'break-glass']),
  until: z.iso.datetime().nullable(),
});
export type HeldRole = z.infer<typeof HeldRole>;

/** Who is asking and what they may do. Without a session the answer is 401. */
export const Session = z.object({
  principal: z.object({
    kind: z.enum(['person', 'token']),
    name: z.string(),
    /** Pseudonym; `link` for who came by a login link that names nobody. */
    id: z.string(),
    /** How they came in. */
    how: z.enum(['link', 'password', 'oidc', 'token']),
    teams: z.array(z.string()),
    roles: z.array(HeldRole),
  }),
  permissions: z.array(z.string()),
  /** Whether they see the findings of everybody, of some teams, or none. */
  findings: z.enum(['all', 'some', 'none']),
  expires: z.iso.datetime().nullable(),
});
export type Session = z.infer<typeof Session>;

/** A new password; `current` is asked for where there is one and the session does not come from a login link. */
export const NewPassword = z.strictObject({ current: z.string().max(1000).nullable().default(null), password: z.string().min(1).max(1000) });
export type NewPassword = z.infer<typeof NewPassword>;
