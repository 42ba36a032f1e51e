import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Notify } from '../notify-configuration.ts';
import { openGitHub, openJira, type TestTracker } from '../notify/tickets/test-trackers.ts';
import { openHttpReceiver, openMailServer, type TestMailServer } from '../notify/test-receivers.ts';
import { channelChecks } from './channel-checks.ts';

let mail: TestMailServer;
let receiver: Awaited<ReturnType<typeof openHttpReceiver>>;
let gitHub: TestTracker;
let jira: TestTracker;
beforeAll(async () => {
  mail = await openMailServer();
  // Answers each path that begins with a status with that status.
  receiver = await openHttpReceiver(({ path }) => ({ status: Number(/^\/(\d{3})/.exec(path)?.[1] ?? 200) }));
  gitHub = await openGitHub('acme/security', 's3cret');
  jira = await openJira('data-center', 'Bearer s3cret');
});
afterAll(async () => {
  await Promise.all([mail.close(), receiver.close(), gitHub.close(), jira.close()]);
});

describe('a channel', () => {
  it.each<[name: string, channel: () => object, state: string, next: RegExp]>([
    ['of mail whose server answers', () => mailAt(mail.port), 'ok', /^$/],
    ['of mail whose server does not listen', () => mailAt(1), 'fault', /^Nothing answers there/],
    ['of mail that wants TLS where there is none', () => ({ ...mailAt(mail.port), tls: 'starttls' }), 'fault', /^It does not prove who it is/],
    ['of Slack that knows its URL', () => ({ kind: 'slack', url: `${receiver.url}/400` }), 'ok', /^$/],
    ['of Slack whose URL was taken back', () => ({ kind: 'slack', url: `${receiver.url}/404` }), 'fault', /^It is not there/],
    ['of Teams that answers', () => ({ kind: 'teams', url: `${receiver.url}/405` }), 'ok', /^$/],
    ['of a webhook that answers', () => ({ kind: 'webhook', url: `${receiver.url}/404`, secret: 'x' }), 'ok', /^$/],
    ['of a webhook that is broken', () => ({ kind: 'webhook', url: `${receiver.url}/502`, secret: 'x' }), 'fault', /^Check the channel/],
    ['of GitHub that lets us in', () => gitHubWith('s3cret'), 'ok', /^$/],
    ['of GitHub whose token ran out', () => gitHubWith('old'), 'fault', /^It wants other credentials: check user and secret of the channel/],
    ['of GitHub whose repository is not there', () => ({ ...gitHubWith('s3cret'), repository: 'acme/gone' }), 'fault', /^It is not there/],
    ['of Jira that lets us in', () => jiraWith('s3cret'), 'ok', /^$/],
    ['of Jira whose token ran out', () => jiraWith('old'), 'fault', /^It wants other credentials/],
  ])('%s is looked at', async (_, channel, state, next) => {
    const notify = Notify.parse({ office: 'https://office.example', channels: [{ name: 'it', ...channel() }] });
    const checks = await channelChecks(notify, { proxy: null, caFile: null });
    expect(checks).toMatchObject([{ name: 'channel it', state }]);
    expect(checks[0]?.next ?? '').toMatch(next);
  });

  it('is sent nothing, made no ticket and shown no secret', async () => {
    expect(mail.mails).toEqual([]);
    expect([...gitHub.issues, ...jira.issues]).toEqual([]);
    expect(receiver.requests.map(({ method, body }) => `${method} ${body}`).sort()).toEqual(['HEAD ', 'HEAD ', 'HEAD ', 'POST {}', 'POST {}']);
    const checks = await channelChecks(Notify.parse({ channels: [{ name: 'it', ...gitHubWith('old-s3cret') }] }), { proxy: null, caFile: null });
    expect(JSON.stringify(checks)).not.toContain('old-s3cret');
    expect(checks.map(({ name, state }) => `${name} ${state}`)).toEqual(['channel it fault', 'notify warning']);
  });
});

function mailAt(port: number): object {
  return { kind: 'mail', host: '127.0.0.1', port, tls: 'none', from: 'guildhall@acme.example', office: ['ospo@acme.example'] };
}

function gitHubWith(secret: string): object {
  return { kind: 'github', api: gitHub.url, repository: 'acme/security', secret };
}

function jiraWith(secret: string): object {
  return { kind: 'jira', url: jira.url, edition: 'data-center', project: 'SEC', secret };
}
