import { vexJustificationOf } from '#language/vex/justifications.ts';
import { textOfStatement } from '#language/vex/statement-text.ts';
import { hashOfFacts, saidAt, written, type IssuedStatement, type VexReport } from './shared/vex-report.ts';

/** OpenVEX 0.2.0. */
export const openvex: VexReport = {
  id: 'openvex',
  title: 'OpenVEX',
  spec: 'https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md',
  mediaType: 'application/json',
  ending: 'openvex.json',
  write: (facts) =>
    written({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': `urn:guildhall:vex:${hashOfFacts(facts)}`,
      author: `${facts.office}, open source program office`,
      role: 'Document Creator',
      timestamp: saidAt(facts),
      version: 1,
      tooling: 'Guildhall',
      statements: facts.statements.map(statementOf),
    }),
};

function statementOf(statement: IssuedStatement): object {
  const { ids, product, packages, at } = statement;
  const [name = '', ...aliases] = ids;
  return {
    vulnerability: { name, ...(aliases.length === 0 ? {} : { aliases }) },
    timestamp: at,
    products: [{ '@id': product, ...(packages.length === 0 ? {} : { subcomponents: packages.map((each) => ({ '@id': each })) }) }],
    ...statusOf(statement),
  };
}

/** Each status with the text that it needs: an impact where nothing is affected, an action where something is. */
function statusOf(statement: IssuedStatement): object {
  const text = textOfStatement(statement);
  switch (statement.state) {
    case 'not-affected':
    case 'false-positive':
      return {
        status: 'not_affected',
        ...(statement.justification === null ? {} : { justification: vexJustificationOf[statement.justification] }),
        impact_statement: text,
      };
    case 'exploitable':
    case 'accepted':
    case 'workaround':
      return { status: 'affected', action_statement: text, action_statement_timestamp: statement.at };
    case 'in-triage':
      return { status: 'under_investigation', status_notes: text };
    case 'fixed':
      return { status: 'fixed', status_notes: text };
  }
}
