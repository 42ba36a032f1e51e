/** How many packages are meant, and the names of the first few. */
export type NamedCount = { readonly count: number; readonly some: readonly string[] };

/** What a file says of where its packages come from and how they are proved. Null: the file, or its reader, does not say. */
export type Supply = { readonly withoutHash: NamedCount | null; readonly hosts: Readonly<Record<string, NamedCount>> | null };
