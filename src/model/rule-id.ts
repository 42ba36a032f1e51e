/** Rules whose findings are matches of advisories; those of every other rule are observed. Part of finding ids: for ever. */
export const vulnerabilityRule = 'vulnerability';
export const maliciousRule = 'malicious-package';
/** Its findings are what the council asked for, so they are dealt with whether or not a policy names it. */
export const conditionRule = 'council-condition';
