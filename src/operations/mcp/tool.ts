import type { z } from 'zod';

/** Something that a client of the Model Context Protocol may ask. */
export type Tool = {
  readonly name: string;
  readonly title: string;
  /** For whoever chooses among tools: what it answers, and when to ask it. */
  readonly description: string;
  readonly input: z.ZodType;
  /** Throws a `ConfigurationError` with a sentence for the asker when there is no answer. */
  call(input: unknown): Promise<object>;
};

/** Makes a tool; from here on the type of its input is known to its own file only. */
export function tool<Input>(given: Omit<Tool, 'input' | 'call'> & { readonly input: z.ZodType<Input>; call(input: Input): Promise<object> }): Tool {
  return given;
}
