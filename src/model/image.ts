/** What an image says of itself, beside what is installed in it. */
export type ImageFacts = {
  /** As it was tagged: `docker.io/acme/api:1.2`; null when nothing says. */
  readonly name: string | null;
  /** Digest of its manifest; null for a root file system, and where an archive names none. */
  readonly digest: string | null;
  /** `linux/amd64`; null when nothing says. */
  readonly platform: string | null;
  /** All platforms that were to be had beside it, the one that was read included. */
  readonly platforms: readonly string[];
  /** What it is built on, where its labels say so. */
  readonly base: { readonly name: string | null; readonly digest: string | null } | null;
  /** Digests of its layers, unpacked, in order; what is found in an image names one of them. */
  readonly layers: readonly string[];
};

/** Where in an image something was found: the path, and the digest of the layer that brought it; null in a root file system. */
export type FoundAt = { readonly path: string; readonly layer: string | null };
