// `guildhall-verify-ledger`, a program of its own: it imports nothing of the one that writes the ledger.
import { verifyLedger } from './verify-ledger.ts';

process.exitCode = await verifyLedger(
  process.argv.slice(2),
  (text) => process.stdout.write(text),
  (text) => process.stderr.write(text),
);
