/** Wrong use or a bad configuration: the command line ends with exit code 2. Apart from `configuration.ts`, which most commands need not load. */
export class ConfigurationError extends Error {}
