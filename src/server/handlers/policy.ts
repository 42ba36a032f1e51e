import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { policyView } from '#operations/policy-view.ts';
import { previewPolicy as preview } from '#operations/rules/preview-policy.ts';
import { dayText } from '#operations/ask-estate.ts';
import type { Handler } from '../asked.ts';

/** By what the office judges. */
export const policy: Handler<'policy'> = ({ office }) => policyView(office.desk.desk, office.policyFile);

/** What a policy would change for what the asker may see. */
export const previewPolicy: Handler<'previewPolicy'> = async ({ office, estate, visibility, body }) => {
  const { rules, ...rest } = await preview({
    reads: office.store,
    triage: await office.estate.triage(estate),
    visibility,
    after: body.policy,
    licences: licenceJudge(estate, office.desk.desk, office.clock()),
  });
  return {
    ...rest,
    rules: rules.map((rule) => ({ ...rule, past: rule.past?.map((point) => ({ ...point, day: dayText(point.day) })) ?? null })),
  };
};
