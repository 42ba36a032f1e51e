import { checkSignatures, type TrustedKey } from '#language/attestation/check-signatures.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { storedJson } from '#language/readers/json.ts';
import type { AttestationReading, AttestationStatement, ReadAttestation, SignatureCheck } from '#model/attestation.ts';
import type { AttestationTable } from '#store/schema.ts';
import type { Context } from '../context.ts';
import { subjectDigests } from './judged-sbom.ts';
import { keysPrint } from './trusted-keys.ts';

/** What is kept of an attestation. */
export type KeptAttestation = {
  readonly form: ReadAttestation['form'];
  readonly statement: AttestationStatement;
  readonly check: SignatureCheck;
};

const unchecked: SignatureCheck = { state: 'not-verified', key: null, because: 'Its signature was not looked at yet.' };
const subjectsKept = 200;

/** An attestation as a reading keeps it: without the bytes that are signed, which are read again when its signature is checked. */
export type SaidAttestation = Omit<ReadAttestation, 'signed'>;

/** The attestations of a reading that say something, each with its place in the file. */
export function rowsOf(
  said: readonly SaidAttestation[],
  from: Pick<AttestationTable, 'raw' | 'component' | 'receipt' | 'received_at'>,
): readonly { readonly row: AttestationTable; readonly digests: readonly string[] }[] {
  return said.flatMap(({ form, statement }, entry) => {
    if (statement === null) return [];
    const kept: KeptAttestation = { form, statement: { ...statement, subjects: statement.subjects.slice(0, subjectsKept) }, check: unchecked };
    return [{ row: { ...from, entry, keys: '', signature: unchecked.state, body: canonicalJson(kept) }, digests: subjectDigests({ statement }) }];
  });
}

/** What was kept. */
export function attestationOf({ body }: Pick<AttestationTable, 'body'>): KeptAttestation {
  return storedJson(body) as KeptAttestation;
}

/** Checks the signatures of attestations that were not checked with these keys yet. Gives how many were. */
export async function checkAttestations({ store, gateway }: Context, keys: readonly TrustedKey[], mayGoOn: () => void): Promise<number> {
  const print = keysPrint(keys);
  const due = Map.groupBy(
    (await store.attestations()).filter((row) => row.keys !== print),
    ({ raw }) => raw,
  );
  let checked = 0;
  for (const [raw, rows] of due) {
    mayGoOn();
    const bytes = await store.readRaw(raw);
    const reading: AttestationReading = bytes === null ? { attestations: [], problems: [] } : await gateway.readAttestations(bytes);
    const done = rows.map((row) => {
      const attestation = reading.attestations[row.entry];
      const gone: SignatureCheck = { state: 'not-verified', key: null, because: 'Its bytes are not kept any more, so that it cannot be checked.' };
      const check = attestation === undefined ? gone : checkSignatures(attestation, keys);
      return { row: { ...row, keys: print, signature: check.state, body: canonicalJson({ ...attestationOf(row), check }) }, digests: [] };
    });
    await store.write((tx) => tx.putAttestations(done));
    checked += done.length;
  }
  return checked;
}
