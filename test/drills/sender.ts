// Sends what lies in the outbox without end; the drill of deliveries ends it: `sender.ts <location> <notify>`.
import { setTimeout as pause } from 'node:timers/promises';
import { emptyDesk } from '#desk/desk.ts';
import { openStore, type StoreLocation } from '#store/open-store.ts';
import { Notify } from '../../src/operations/notify-configuration.ts';
import { sendDeliveries } from '../../src/operations/notify/send-deliveries.ts';

const [, , location = '{}', notify = '{}'] = process.argv;
const store = await openStore(JSON.parse(location) as StoreLocation);
const senders = { notify: Notify.parse(JSON.parse(notify)), access: { proxy: null, caFile: null }, desk: () => Promise.resolve(emptyDesk()) };
for (;;) {
  // What a killed process had in hand is free again soon.
  await sendDeliveries({ store, clock: Date.now }, { ...senders, leaseMs: 200 });
  await pause(20);
}
