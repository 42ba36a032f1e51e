import { z } from 'zod';

/** Who is asking and what they may do. Without a session the answer is 401. */
export const Session = z.object({
  principal: z.object({ kind: z.enum(['person', 'token']), name: z.string() }),
  permissions: z.array(z.string()),
  expires: z.iso.datetime().nullable(),
});
export type Session = z.infer<typeof Session>;
