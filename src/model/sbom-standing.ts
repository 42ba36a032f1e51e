import type { SignatureState } from './attestation.ts';
import type { QualityScores } from './sbom-quality.ts';

/** Whether an SBOM is proved: by its own signature, or by an attestation about its bytes. `none`: nobody signed it. */
export type SbomSignature = {
  readonly state: SignatureState | 'none';
  /** Name of the key; null where none proved it. */
  readonly key: string | null;
  /** One sentence. */
  readonly because: string;
};

/** How an SBOM in use stands: what the list, rules and pages show of it without reading it again. */
export type SbomStanding = {
  /** First ref of the component. */
  readonly component: string;
  readonly path: string;
  /** False for what is kept beside SBOMs and is none: the contents of an image. Nothing is asked of it. */
  readonly isSbom: boolean;
  /** SHA-256 of its bytes. */
  readonly raw: string;
  /** Public id of who showed it. */
  readonly receipt: string;
  /** Unix milliseconds. */
  readonly validAt: number;
  /** `CycloneDX 1.6`; null when it could not be read. */
  readonly form: string | null;
  readonly createdAt: string | null;
  readonly components: number;
  /** Null: it could not be read, so that nothing is known of it. */
  readonly scores: QualityScores | null;
  readonly signature: SbomSignature;
};
