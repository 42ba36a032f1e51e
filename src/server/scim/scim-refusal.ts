import type { ScimProblem } from '#language/scim/attributes.ts';
import type { FailureForm } from '../failure-form.ts';
import { Refusal } from '../refusal.ts';

/** Media type of everything that SCIM says (https://www.rfc-editor.org/rfc/rfc7644#section-8.1). */
export const scimType = 'application/scim+json; charset=utf-8';

/** A refusal that says its kind as SCIM names it. */
export class ScimRefusal extends Refusal {
  readonly scimType: ScimProblem['scimType'];

  constructor(status: number, problem: ScimProblem) {
    super(status, problem.detail);
    this.scimType = problem.scimType;
  }
}

/** The document of a failure (https://www.rfc-editor.org/rfc/rfc7644#section-3.12). */
export const scimFailure: FailureForm = (status, detail, error) => {
  const kind = error instanceof ScimRefusal ? { scimType: error.scimType } : {};
  return { type: scimType, body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), ...kind, detail } };
};
