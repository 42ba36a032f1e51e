import { z } from 'zod';
import { noticeKinds } from '#desk/notices/notice.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'A channel is named in small letters, digits and hyphens.');
const time = z.string().regex(/^(?:[01]\d|2[0-4]):[0-5]\d$/, 'A time is written as 08:00.');

const common = {
  name,
  /** Which notices go there; all when absent. */
  says: z.array(z.enum(noticeKinds)).min(1).optional(),
  /** Whose notices go there; those of every team that is not restricted when absent. */
  teams: z.array(z.string().min(1)).min(1).optional(),
};

const Mail = z.strictObject({
  ...common,
  kind: z.literal('mail'),
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535).default(587),
  /** `starttls` refuses to go on without; `none` is for a server on this machine. */
  tls: z.enum(['starttls', 'implicit', 'none']).default('starttls'),
  user: z.string().min(1).optional(),
  /** As `${ENV}` or `file:…`. */
  secret: z.string().min(1).optional(),
  from: z.email(),
  /** Whoever hears what is the office's business, and what nobody else can be found for. */
  office: z.array(z.email()).default([]),
  /** Further addresses by team, such as a mailing list. */
  lists: z.record(z.string(), z.array(z.email()).min(1)).default({}),
});

/** Incoming webhooks of chats: whoever knows the URL may write there, so it is a secret. */
const Slack = z.strictObject({ ...common, kind: z.literal('slack'), url: z.string().min(1) });
const Teams = z.strictObject({ ...common, kind: z.literal('teams'), url: z.string().min(1) });

const Webhook = z.strictObject({ ...common, kind: z.literal('webhook'), url: z.url(), secret: z.string().min(1) });

const Channel = z.discriminatedUnion('kind', [Mail, Slack, Teams, Webhook]);

/** Whom the office tells what, as `notify` in the configuration says it. */
export const Notify = z.strictObject({
  /** Where people reach the office: links in messages begin with it. */
  office: z.url().optional(),
  /** Outside of these hours only what is malicious or exploited is said. */
  hours: z
    .strictObject({
      zone: z.string().refine(isZone, 'This time zone is not known.').default('UTC'),
      from: time.default('07:00'),
      until: time.default('19:00'),
    })
    .default({ zone: 'UTC', from: '07:00', until: '19:00' }),
  /** ISO weekdays; 1 is Monday. */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5]),
  holidays: z.array(z.iso.date()).default([]),
  channels: z.array(Channel).default([]),
});
export type Notify = z.infer<typeof Notify>;
export type Channel = Notify['channels'][number];
export type ChannelOf<Kind extends Channel['kind']> = Extract<Channel, { kind: Kind }>;

/** No channels. */
export const noNotify: Notify = Notify.parse({});

/** The same with its secrets filled in by `secretOf`, which is told the secret's text and name. */
export function notifyWithSecrets(notify: Notify, secretOf: (text: string, name: string) => string): Notify {
  return {
    ...notify,
    channels: notify.channels.map((channel, index) => {
      const place = `notify.channels[${String(index)}]`;
      if (channel.kind === 'slack' || channel.kind === 'teams') return { ...channel, url: secretOf(channel.url, `${place}.url`) };
      return channel.secret === undefined ? channel : { ...channel, secret: secretOf(channel.secret, `${place}.secret`) };
    }),
  };
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
