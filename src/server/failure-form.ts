/** How a route writes a failure down, where it is not as a problem document. */
export type FailureForm = (status: number, detail: string, error: unknown) => { readonly type: string; readonly body: object };
