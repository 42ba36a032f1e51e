import { describe, expect, it } from 'vitest';
import { emptyEstate } from '#estate/estate.ts';
import { seesAll } from '#model/visibility.ts';
import { Configuration } from '#operations/configuration.ts';
import { actKindOf, openLiveDesk } from '#operations/live-desk.ts';
import { officeActor } from '#operations/office-actor.ts';
import { openQueue, type Office } from '#operations/open-office.ts';
import { performAct } from '#operations/perform-act.ts';
import type { FromWorker } from '#operations/work-messages.ts';
import { testOffices } from '#operations/test-offices.ts';
import { newBell } from './bell.ts';
import type { ScheduledJob } from './scheduled-job.ts';
import { doTask, tasksLeft } from './tasks.ts';
import { work } from './work.ts';

describe.each(testOffices())('workers on $name', ({ open }) => {
  it('run a job that is due once between them, and again when its time has come', async () => {
    const { office, drop } = await open();
    let runs = 0;
    const job: ScheduledJob = {
      name: 'count',
      everyMs: 60_000,
      run: () => {
        runs += 1;
        return Promise.resolve();
      },
    };
    const { context } = office;
    const doing = { context, configuration: Configuration.parse({}), access: noAccess, stopped: new AbortController().signal, tell: () => undefined };
    try {
      expect((await tasksLeft(context, [job], 10)).map((each) => each.kind)).toEqual(['job']);
      await Promise.all([1, 2, 3, 4].map(() => doTask(doing, { kind: 'job', job })));
      expect(runs).toBe(1);
      expect(await tasksLeft(context, [job], 10)).toEqual([]);
      await context.store.jobRuns.note('count', { startedAgoMs: 60_000, nextMs: 0, problem: null });
      await doTask(doing, { kind: 'job', job });
      expect(runs).toBe(2);
    } finally {
      await drop();
    }
  });

  it('begin nothing that reads once it was stopped, also where they had looked before, and leave it due', async () => {
    const { office, drop } = await open();
    let runs = 0;
    const reads: ScheduledJob = { name: 'reads', everyMs: 60_000, isReading: true, run: () => Promise.resolve(void (runs += 1)) };
    const { context } = office;
    const doing = { context, configuration: Configuration.parse({}), access: noAccess, stopped: new AbortController().signal, tell: () => undefined };
    const act = async (id: string): Promise<void> => {
      const kind = actKindOf(id);
      if (kind === undefined) throw new Error(`There is no act ${id}.`);
      const wanted = { kind, body: {}, words: null, actor: officeActor, visibility: seesAll, expects: null };
      await performAct(context, openLiveDesk(), emptyEstate(), wanted);
    };
    try {
      const [task] = await tasksLeft(context, [reads], 10);
      if (task === undefined) throw new Error('Nothing is due.');
      await act('pause-reading');
      await doTask(doing, task);
      expect([runs, (await tasksLeft(context, [reads], 10)).length]).toEqual([0, 1]);
      await act('resume-reading');
      await doTask(doing, task);
      expect(runs).toBe(1);
    } finally {
      await drop();
    }
  });

  it('run a job that failed again in a minute, and keep why', async () => {
    const { office, drop } = await open();
    const job: ScheduledJob = { name: 'fail', everyMs: 3_600_000, run: () => Promise.reject(new Error('The mail server does not answer.')) };
    const { context } = office;
    const doing = { context, configuration: Configuration.parse({}), access: noAccess, stopped: new AbortController().signal, tell: () => undefined };
    try {
      await expect(doTask(doing, { kind: 'job', job })).rejects.toThrow('The mail server');
      const [row] = await context.store.jobRuns.all();
      expect(row).toMatchObject({ name: 'fail', failures: 1, problem: 'The mail server does not answer.' });
      expect((row?.due ?? 0) - (row?.ran_at ?? 0)).toBeLessThan(70_000);
    } finally {
      await drop();
    }
  });

  it('read every upload once, three of them side by side', { timeout: 60_000 }, async () => {
    const { office, databaseUrl, drop } = await open();
    const { context } = office;
    const said: FromWorker[] = [];
    const bells = [newBell(), newBell(), newBell()];
    const place = { dataDir: '/nowhere', databaseUrl };
    try {
      const working = bells.map(async (bell) => {
        const queue = await openQueue(place, () => undefined);
        const own: Office = { context, place, close: () => Promise.resolve() };
        await work(
          own,
          Configuration.parse({}),
          { stopped: bell.stopped, pause: bell.pause, wake: bell.wake, tell: (each) => said.push(each) },
          queue,
        );
        await queue?.close();
      });
      for (let at = 0; at < 12; at += 1) await office.receive(`part-${String(at % 4)}`, sbomOf(at));
      for (const bell of bells) bell.wake();
      await expect.poll(() => context.store.pendingReceipts(1), { timeout: 30_000 }).toEqual([]);
      for (const bell of bells) bell.stop();
      await Promise.all(working);
      expect(said.filter((each) => each.kind === 'failed')).toEqual([]);
      expect(said.reduce((sum, each) => sum + (each.kind === 'read' ? each.receipts : 0), 0)).toBe(12);
    } finally {
      await drop();
    }
  });
});

const noAccess = { dataDir: '/nowhere', trusted: false, proxy: null, caFile: null, credentials: [] };

function sbomOf(at: number): string {
  const purl = `pkg:npm/lodash@4.17.${String(at)}`;
  const components = [{ type: 'library', name: 'lodash', version: `4.17.${String(at)}`, purl }];
  return JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, components });
}
