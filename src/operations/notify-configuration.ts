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

const tickets = {
  name,
  /** Whose tickets are kept there; those of every team that is not restricted when absent. */
  teams: common.teams,
  /** Also make tickets for what was there before the channel was. */
  past: z.boolean().default(false),
  /** As `${ENV}` or `file:…`. */
  secret: z.string().min(1),
};

const GitHub = z.strictObject({
  ...tickets,
  kind: z.literal('github'),
  /** Of GitHub Enterprise Server: `https://github.example.com/api/v3`. */
  api: z.url().default('https://api.github.com'),
  repository: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/, 'A repository is written as owner/name.'),
  label: z
    .string()
    .regex(/^[^,]{1,50}$/)
    .default('guildhall'),
});

const Jira = z.strictObject({
  ...tickets,
  kind: z.literal('jira'),
  url: z.url(),
  edition: z.enum(['cloud', 'data-center']).default('cloud'),
  /** Whose token it is. Needed for the cloud; without it a personal access token of Data Center is sent. */
  user: z.string().min(1).optional(),
  project: z.string().regex(/^[A-Z][A-Z0-9_]{1,254}$/, 'A project is named by its key.'),
  issueType: z.string().min(1).default('Task'),
  label: z
    .string()
    .regex(/^[^\s"\\]{1,100}$/)
    .default('guildhall'),
  /** Names of the transitions that close and reopen; the first that leads to a status of that kind when absent. */
  close: z.string().min(1).optional(),
  reopen: z.string().min(1).optional(),
});

const Channel = z.discriminatedUnion('kind', [Mail, Slack, Teams, Webhook, GitHub, Jira]);

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
/** A channel that keeps tickets in step. */
export type TicketChannel = ChannelOf<'github' | 'jira'>;
/** A channel that says messages. */
export type MessageChannel = Exclude<Channel, TicketChannel>;

/** Tells those that keep tickets from those that say messages. */
export function isTicketChannel(channel: Channel): channel is TicketChannel {
  return channel.kind === 'github' || channel.kind === 'jira';
}

/** Tells those that say messages from those that keep tickets. */
export function isMessageChannel(channel: Channel): channel is MessageChannel {
  return !isTicketChannel(channel);
}

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
