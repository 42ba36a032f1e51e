import type { RegistryAnswer, RegistryBytes } from '#model/registry.ts';
import { registryProtocols } from '../registries/all.ts';
import { refusedAnswer } from './answer-parts.ts';
import { checkedAnswer } from './checked-answer.ts';

/** What an answer of a registry says, within the limits; `protocol` is an id of {@link registryProtocols}. */
export function readRegistryAnswer(protocol: string, answer: RegistryBytes): RegistryAnswer {
  const found = registryProtocols.find((each) => each.id === protocol);
  return found === undefined
    ? refusedAnswer({ code: 'unknown-registry', message: `This build asks no registry of the kind ${JSON.stringify(protocol)}.` })
    : checkedAnswer(found.read(answer));
}
