/** The algorithms by which an identity may be signed: all asymmetric, so that knowing the client's secret is not enough to sign. */
export const signatures = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
