import { z } from 'zod';
import { readYaml } from '#language/readers/yaml.ts';

/** One commit of an example repository: files laid over those of the commit before, by path. */
export type ExampleCommit = {
  /** `Name <mail>`, author and committer. */
  readonly person: string;
  /** Seconds since 1970, of author and committer. */
  readonly seconds: number;
  readonly message: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Paths that this commit takes away. */
  readonly remove: readonly string[];
};

/** The `history.yaml` of an example estate: which folders become which commits. `step` is a folder beneath `repositories/<name>/`. */
export type ExampleHistory = z.infer<typeof ExampleHistory>;

const plainName = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be lower-case letters, digits, dots and dashes');
const ExampleHistory = z.strictObject({
  people: z.record(plainName, z.string().regex(/^[^<>\n]+ <[^<>\s]+>$/, 'must read: Name <mail>')),
  repositories: z.array(
    z.strictObject({
      name: plainName,
      commits: z.array(
        z.strictObject({
          step: plainName,
          date: z.iso.datetime(),
          author: plainName,
          message: z.string().min(1),
          remove: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});

/** Reads a `history.yaml`. Throws an error that names what is wrong in it, since the file is part of this program or chosen by its user. */
export function readExampleHistory(bytes: Uint8Array): ExampleHistory {
  const read = readYaml(bytes);
  if (!read.ok) throw new Error(`The history of the example estate cannot be read: ${read.error.message}`);
  const parsed = ExampleHistory.safeParse(read.value);
  if (!parsed.success) throw new Error(`The history of the example estate is not right:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/**
 * What `git fast-import` reads to make branch `main` of one repository. The same commits always give the same bytes and so the same commit ids.
 * Throws when a path would leave the repository. https://git-scm.com/docs/git-fast-import
 */
export function exampleStream(commits: readonly ExampleCommit[]): Uint8Array {
  const parts: Uint8Array[] = [text('feature done\n')];
  for (const commit of commits) {
    const person = `${commit.person} ${commit.seconds} +0000`;
    parts.push(text(`commit refs/heads/main\nauthor ${person}\ncommitter ${person}\n`), ...data(text(`${commit.message}\n`)));
    for (const path of [...commit.remove].sort()) parts.push(text(`D ${checked(path)}\n`));
    for (const path of [...commit.files.keys()].sort()) {
      parts.push(text(`M 100644 inline ${checked(path)}\n`), ...data(commit.files.get(path) ?? new Uint8Array()));
    }
  }
  parts.push(text('done\n'));
  return Buffer.concat(parts);
}

function data(bytes: Uint8Array): readonly Uint8Array[] {
  return [text(`data ${bytes.length}\n`), bytes, text('\n')];
}

function text(words: string): Uint8Array {
  return Buffer.from(words);
}

// Paths of this shape need no quoting in the stream.
function checked(path: string): string {
  const plain =
    /^[\w.@+-]+(?:\/[\w.@+-]+)*$/.test(path) && !path.split('/').some((part) => part === '.' || part === '..' || part.toLowerCase() === '.git');
  if (!plain) throw new Error(`The example estate has a file with the path ${JSON.stringify(path)}, which cannot be committed. Rename it.`);
  return path;
}
