import { readFileSync } from 'node:fs';
import { Policy } from '#desk/policy/policy.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { ConfigurationError } from './configuration-error.ts';

/** The policy that a file holds, YAML or JSON; what it leaves out is as built in. It takes effect only once its hash is approved. */
export function readPolicyFile(file: string): Policy {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new ConfigurationError(`The policy ${file} cannot be read. Check its path.`, { cause });
  }
  const yaml = readYaml(bytes);
  if (!yaml.ok) throw new ConfigurationError(`${file}${yaml.error.line === undefined ? '' : `:${String(yaml.error.line)}`}: ${yaml.error.message}`);
  const read = Policy.safeParse(yaml.value ?? {});
  if (read.success) return read.data;
  const issues = read.error.issues.map((issue) => `${issue.path.map(String).join('.') || 'the document'}: ${issue.message}`);
  throw new ConfigurationError(`${file} is no policy: ${issues.join('; ')}`);
}
