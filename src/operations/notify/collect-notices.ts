import { hash } from 'node:crypto';
import type { Desk } from '#desk/desk.ts';
import { bundled } from '#desk/notices/message-of.ts';
import { urgentKinds, type Notice } from '#desk/notices/notice.ts';
import { notForTeams, subscribersTo, wantsOf } from '#desk/notices/wishes.ts';
import { nextSpoken, type SpeakingHours } from '#desk/notices/speaking-hours.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import type { NewDelivery } from '#store/store.ts';
import type { Context } from '../context.ts';
import { isMessageChannel, type ChannelOf, type MessageChannel, type Notify } from '../notify-configuration.ts';
import type { Triage } from '../triage/live-triage.ts';
import { digestNotices } from './digest-notices.ts';
import { listenersOn, type Listeners } from './listeners.ts';
import { noticesNow } from './notices-now.ts';

/** A key that no notice has: the channel has begun. */
const begun = 'begun';

/**
 * Puts what is to be said and was not yet into the outbox, for every channel that speaks to people. A channel that is new says only what is malicious or
 * exploited of all that was there before.
 */
export async function collectNotices({ store, clock, randomId }: Context, notify: Notify, triage: Triage, desk: Desk): Promise<void> {
  const hours = speakingHours(notify);
  const now = clock();
  const known = listenersOn(desk, now, new Set(notify.channels.flatMap((channel) => (channel.kind === 'mail' ? listsOf(channel) : []))));
  const notices = [...noticesNow(triage, desk), ...digestNotices(triage, hours)].map((notice) => withUnknown(notice, known));
  for (const channel of notify.channels.filter(isMessageChannel)) {
    const said = await store.deliveries.said(channel.name);
    const isNew = !said.has(begun);
    const wanted = notices.filter((notice) => goesTo(notice, channel, desk));
    const unsaid = wanted.filter((notice) => !said.has(notice.key));
    const current = new Set(wanted.map((notice) => notice.key));
    const spoken = isNew ? unsaid.filter(({ kind }) => urgentKinds.has(kind) || kind === 'digest') : unsaid;
    await store.deliveries.put(channel.name, {
      say: [...(isNew ? [begun] : []), ...unsaid.map((notice) => notice.key)],
      forget: [...said].filter((key) => key !== begun && !current.has(key) && !isRecentDigest(key, now)),
      post: postsOf(spoken, channel, desk, { now, hours, isNew }).map((each) => ({ ...each, id: randomId() })),
      now,
    });
  }
}

/** When the office speaks, as the configuration says it. */
export function speakingHours({ hours, weekdays, holidays }: Notify): SpeakingHours {
  return { zone: hours.zone, from: minutesOf(hours.from), until: minutesOf(hours.until), weekdays, holidays };
}

function minutesOf(time: string): number {
  const [hour, minute] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}

/** Digests are only current in working hours; those of the last days are remembered past them. */
function isRecentDigest(key: string, now: number): boolean {
  const day = /^digest (\d{4}-\d{2}-\d{2}) /.exec(key)?.[1];
  return day !== undefined && now - Date.parse(day) < 7 * 86_400_000;
}

/** What restricted teams have open is said to nobody but where the configuration names them. */
function goesTo({ kind, teams }: Notice, channel: MessageChannel, desk: Desk): boolean {
  if (channel.says !== undefined && !channel.says.includes(kind)) return false;
  if (channel.teams !== undefined) return teams.some((team) => team !== null && channel.teams?.includes(team) === true);
  return channel.kind === 'mail' || teams.every((team) => team === null || !desk.access.restricted.has(team));
}

type Posting = { readonly now: number; readonly hours: SpeakingHours; readonly isNew: boolean };

function postsOf(
  notices: readonly Notice[],
  channel: MessageChannel,
  desk: Desk,
  { now, hours, isNew }: Posting,
): readonly Omit<NewDelivery, 'id'>[] {
  return [...byListener(notices, channel, desk, now)].flatMap(([recipient, heard]) =>
    bundled(heard, isNew).map(({ message, notices: of }) => ({
      key: hash('sha256', canonicalJson([channel.name, recipient, of.map(({ key }) => key).sort()]), 'hex'),
      recipient,
      kind: message.kind,
      title: message.title,
      body: canonicalJson(message),
      due: urgentKinds.has(message.kind) ? now : nextSpoken(now, hours),
    })),
  );
}

function byListener(notices: readonly Notice[], channel: MessageChannel, desk: Desk, now: number): ReadonlyMap<string, readonly Notice[]> {
  if (channel.kind !== 'mail') {
    const spoken = notices.filter((notice) => !isMutedByTeams(notice, channel, desk, now));
    return spoken.length === 0 ? new Map() : new Map([['', spoken]]);
  }
  const listeners = listenersOn(desk, now, new Set(listsOf(channel)));
  const heard = new Map<string, Notice[]>();
  for (const notice of notices) {
    for (const each of wanting(notice, channel, listeners, desk, now)) {
      const others = heard.get(each);
      if (others === undefined) heard.set(each, [notice]);
      else others.push(notice);
    }
  }
  return heard;
}

function listsOf({ lists, office }: ChannelOf<'mail'>): readonly string[] {
  return [...Object.keys(lists).map((team) => `list:${team}`), ...(office.length > 0 ? ['list:'] : [])];
}

/** Where it goes to somebody whom nobody knows, whoever hears of it instead is told so. */
function withUnknown(notice: Notice, known: Listeners): Notice {
  return notice.kind !== 'escalated' || known.areKnown(notice) ? notice : { ...notice, line: `${notice.line}, where nobody is known` };
}

/** Who hears of it by mail and wants to, with those who asked to. What somebody muted is not the office's instead. */
function wanting(notice: Notice, { name }: MessageChannel, listeners: Listeners, desk: Desk, now: number): ReadonlySet<string> {
  const isMuted = isMutedByTeams(notice, { name }, desk, now);
  const wants = (who: string): boolean => wantsOf(desk.wishes, who, notice.kind, name, now) ?? !isMuted;
  const asked = subscribersTo(desk.wishes, notice.teams, notice.kind, name, now);
  return new Set([...listeners.of(notice).filter(wants), ...listeners.among(asked, notice)]);
}

/** Whether every team whose business it is has muted it there. */
function isMutedByTeams({ teams, kind }: Notice, { name }: Pick<MessageChannel, 'name'>, desk: Desk, now: number): boolean {
  return (
    !notForTeams.has(kind) &&
    teams.length > 0 &&
    teams.every((team) => team !== null && wantsOf(desk.wishes, `team:${team}`, kind, name, now) === false)
  );
}
