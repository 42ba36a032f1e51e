import { policyView } from '#operations/policy-view.ts';
import type { Handler } from '../asked.ts';

/** By what the office judges. */
export const policy: Handler<'policy'> = ({ office }) => policyView(office.desk.desk, office.policyFile);
