import { z } from 'zod';
import { registryProtocols } from '#language/registries/all.ts';

const ecosystems = registryProtocols.map((each) => each.ecosystem);
const Ecosystem = z.enum(ecosystems as [string, ...string[]]);

/** A registry that is asked about the packages of an ecosystem. */
const AskedRegistry = z.strictObject({
  ecosystem: Ecosystem,
  /** Address of a mirror, such as a repository of Artifactory or Nexus; `off` for none; the public registry when absent. */
  from: z
    .string()
    .regex(/^(?:off|(?:sparse\+)?https?:\/\/\S+)$/, 'The address of a registry begins with https://; off switches it off.')
    .optional(),
  /** It may hear names that are private, being our own. */
  hearsPrivateNames: z.boolean().default(false),
});

/** Which package registries are asked, and about what: `registries` in the configuration. Without it none is. */
export const Registries = z.strictObject({
  ask: z.array(AskedRegistry).default([]),
  /** Hours after which a package is asked about again. */
  staleHours: z.number().min(1).max(8760).default(24),
  /** Whether a package is asked about of which no lockfile says where it is taken from. */
  unknownOrigin: z.enum(['ask', 'withhold']).default('withhold'),
  /** Names that no registry hears unless it is said to hear private names: `@acme/*`, `Maven:com.acme.*`. */
  privateNames: z.array(z.string().min(1).max(300)).max(1000).default([]),
  /** Names that are public, though no lockfile says where they are taken from. */
  publicNames: z.array(z.string().min(1).max(300)).max(1000).default([]),
});
export type Registries = z.infer<typeof Registries>;

/** No registry is asked. */
export const noRegistries: Registries = { ask: [], staleHours: 24, unknownOrigin: 'withhold', privateNames: [], publicNames: [] };
