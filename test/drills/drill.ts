/** What one drill found; `failed` counts the tries after which something promised was not so. */
export type Drill = { readonly name: string; readonly tried: number; readonly failed: number; readonly details: unknown };
