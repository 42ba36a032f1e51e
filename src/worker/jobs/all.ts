// Written by tools/list-plugins.ts from the files beside it. Do not edit.
import type { ScheduledJob } from '../scheduled-job.ts';
import { checkpointLedger } from './checkpoint-ledger.ts';
import { collectNotices } from './collect-notices.ts';
import { compareLicenceFiles } from './compare-licence-files.ts';
import { endRetention } from './end-retention.ts';
import { judgeSboms } from './judge-sboms.ts';
import { lookAtTickets } from './look-at-tickets.ts';
import { observeRules } from './observe-rules.ts';
import { ownAdvisories } from './own-advisories.ts';
import { refreshPackages } from './refresh-packages.ts';
import { reopenCases } from './reopen-cases.ts';
import { searchHashes } from './search-hashes.ts';
import { sendCheckpoints } from './send-checkpoints.ts';
import { sendDeliveries } from './send-deliveries.ts';
import { sweepSignIns } from './sweep-sign-ins.ts';
import { sweepUploads } from './sweep-uploads.ts';

/** Every job that runs by the clock, by file name. */
export const jobs: readonly ScheduledJob[] = [checkpointLedger, collectNotices, compareLicenceFiles, endRetention, judgeSboms, lookAtTickets, observeRules, ownAdvisories, refreshPackages, reopenCases, searchHashes, sendCheckpoints, sendDeliveries, sweepSignIns, sweepUploads];
