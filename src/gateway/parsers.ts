// What a reader process runs on untrusted bytes. Tests start processes with another module of the same shape.
export { formats } from '#formats/all.ts';
export { readAttestations, sbomInAttestation } from '#language/attestation/read-attestations.ts';
export { parseEndOfLife } from '#language/end-of-life.ts';
export { parseEpss } from '#language/epss.ts';
export { parseKev } from '#language/kev.ts';
export { parseOsv } from '#language/osv.ts';
export { parsePeople } from '#language/people-csv.ts';
export { readRegistryAnswer } from '#language/registry/read-answer.ts';
