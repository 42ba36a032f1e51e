/** Rules whose findings are matches of advisories; those of every other rule are observed. Part of finding ids: for ever. */
export const vulnerabilityRule = 'vulnerability';
export const maliciousRule = 'malicious-package';
