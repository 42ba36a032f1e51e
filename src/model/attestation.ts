import type { Problem } from './problem.ts';

/** A digest as in-toto writes it: `algorithm` lower case without hyphens (`sha256`), `value` in lower-case hexadecimal. */
export type Digest = { readonly algorithm: string; readonly value: string };

/** What an attestation is about. */
export type AttestedSubject = { readonly name: string | null; readonly digests: readonly Digest[] };

/** What an in-toto statement says, as far as an office asks. Null: it does not say. */
export type AttestationStatement = {
  readonly predicateType: string;
  readonly kind: 'provenance' | 'sbom' | 'other';
  readonly subjects: readonly AttestedSubject[];
  /** Who built it: SLSA's builder id. */
  readonly builder: string | null;
  readonly buildType: string | null;
  /** Where the source is. */
  readonly source: string | null;
  readonly commit: string | null;
  /** ISO 8601. */
  readonly finishedAt: string | null;
};

/** One signature; `value` is base64. `algorithm` as JSF writes it (`ES256`), null in DSSE, which leaves it to the key. */
export type GivenSignature = { readonly keyId: string | null; readonly algorithm: string | null; readonly value: string };

/** One attestation, or the signature that a document bears itself (`jsf`); `statement` is null for that, and where it cannot be read. */
export type ReadAttestation = {
  readonly form: 'dsse' | 'jsf' | 'unsigned';
  readonly statement: AttestationStatement | null;
  readonly signatures: readonly GivenSignature[];
  /** The bytes that are signed, base64: DSSE's PAE, or the canonical document. Null: too large to be checked, or signed in a way that is not checked. */
  readonly signed: string | null;
};

/** What a file says of how things were made. Empty: it is no attestation and bears no signature. */
export type AttestationReading = { readonly attestations: readonly ReadAttestation[]; readonly problems: readonly Problem[] };

/** Whether a signature holds: by a key that is given, not looked at, or against every key that could have made it. */
export type SignatureState = 'verified' | 'not-verified' | 'fails';

/** What was found of signatures, in words. */
export type SignatureCheck = {
  readonly state: SignatureState;
  /** Name of the key; null where none proved it. */
  readonly key: string | null;
  /** One sentence. */
  readonly because: string;
};
