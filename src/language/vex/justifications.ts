import type { StatementJustification } from '#model/statement.ts';

/** The five justifications of OpenVEX, which are also CSAF's flags (https://github.com/openvex/spec, CSAF 2.0 section 3.2.3.5). */
export type VexJustification =
  | 'component_not_present'
  | 'vulnerable_code_not_present'
  | 'vulnerable_code_not_in_execute_path'
  | 'vulnerable_code_cannot_be_controlled_by_adversary'
  | 'inline_mitigations_already_exist';

/**
 * CycloneDX's nine as OpenVEX's five. What is missing is component or code; what a setting or surroundings keep from running is not in the execute path;
 * what stands before the program keeps the adversary from controlling it; what is built in is an inline mitigation.
 */
export const vexJustificationOf: Readonly<Record<StatementJustification, VexJustification>> = {
  code_not_present: 'vulnerable_code_not_present',
  code_not_reachable: 'vulnerable_code_not_in_execute_path',
  requires_configuration: 'vulnerable_code_not_in_execute_path',
  requires_dependency: 'component_not_present',
  requires_environment: 'vulnerable_code_not_in_execute_path',
  protected_by_compiler: 'inline_mitigations_already_exist',
  protected_at_runtime: 'inline_mitigations_already_exist',
  protected_at_perimeter: 'vulnerable_code_cannot_be_controlled_by_adversary',
  protected_by_mitigating_control: 'inline_mitigations_already_exist',
};

const back: Readonly<Record<VexJustification, StatementJustification>> = {
  component_not_present: 'code_not_present',
  vulnerable_code_not_present: 'code_not_present',
  vulnerable_code_not_in_execute_path: 'code_not_reachable',
  vulnerable_code_cannot_be_controlled_by_adversary: 'protected_at_perimeter',
  inline_mitigations_already_exist: 'protected_by_mitigating_control',
};

/** The nearest of CycloneDX's nine to one of OpenVEX's five; null for any other word. */
export function justificationOfVex(word: unknown): StatementJustification | null {
  return typeof word === 'string' && Object.hasOwn(back, word) ? back[word as VexJustification] : null;
}
