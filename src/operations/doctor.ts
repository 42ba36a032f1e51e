import os from 'node:os';
import { openGateway } from '#gateway/gateway.ts';
import { examineStore, type StoreFacts } from '#store/examine-store.ts';
import type { Configuration } from './configuration.ts';
import { channelChecks } from './doctor/channel-checks.ts';
import { fault, type Check } from './doctor/check.ts';
import { configurationChecks } from './doctor/configuration-checks.ts';
import { dataFolderChecks } from './doctor/data-folder-checks.ts';
import { databaseChecks } from './doctor/database-checks.ts';
import { environmentChecks, portCheck, toolChecks, type Environment } from './doctor/machine-checks.ts';
import { officeChecks, readerCheck, webCheck } from './doctor/office-checks.ts';
import { reachChecks } from './doctor/reach.ts';
import { openOffice, type OfficePlace } from './open-office.ts';
import { remoteAccessOf } from './remote-access.ts';

/** The office to look at. `file` is its configuration, null without one; `port` the one it is to be opened on. */
export type Patient = {
  readonly place: OfficePlace;
  readonly configuration: Configuration;
  readonly file: string | null;
  readonly port: number;
  readonly environment: Environment;
  readonly clock: () => number;
};

/**
 * Looks at everything an office leans on and says what is wrong and what to do. It makes and changes nothing, but for a file in the data folder
 * that it removes at once, and asks configured sources and channels over the network.
 */
export async function doctor(patient: Patient): Promise<readonly Check[]> {
  const { place, configuration, file, port, environment, clock } = patient;
  const facts = await examineStore(place.databaseUrl === null ? { dataDir: place.dataDir } : { databaseUrl: place.databaseUrl }, clock);
  return [
    ...configurationChecks(configuration, file),
    ...(await toolChecks(process.versions.node, os.tmpdir())),
    ...environmentChecks(environment, configuration.outbound.proxy ?? null),
    await portCheck(port),
    ...dataFolderChecks(place.dataDir, place.databaseUrl === null),
    ...databaseChecks(facts),
    ...(await insideChecks(patient, facts)),
    webCheck(),
    ...(await reachChecks(configuration, remoteAccessOf(configuration, place))),
    ...(await channelChecks(configuration.notify, remoteAccessOf(configuration, place))),
  ];
}

/** The fault that a configuration which cannot be read is. */
export function configurationFault(message: string): Check {
  return fault('configuration', message, 'Correct it; docs/running.md and the README show every key. Nothing else was looked at.', 2);
}

/** Only a store of this program's layout is opened: opening an older one would change it. */
async function insideChecks({ place, configuration, clock }: Patient, facts: StoreFacts): Promise<readonly Check[]> {
  const isUsable = (facts.kind === 'sqlite' && facts.damage === null) || facts.kind === 'postgres';
  if (!isUsable || facts.layout !== facts.newestLayout) {
    const gateway = openGateway({ workers: 1 });
    const check = await readerCheck(gateway);
    gateway.close();
    return [check];
  }
  try {
    const office = await openOffice(place, clock);
    try {
      const { store, gateway } = office.context;
      return [...(await officeChecks(store, configuration, clock())), await readerCheck(gateway)];
    } finally {
      await office.close();
    }
  } catch (error) {
    return [fault('office', error instanceof Error ? error.message : String(error), 'Mend what is named above, then look again.', 3)];
  }
}
