const { isAny, extensions, inside, body } = require('../model');

/** Expressions compare variables; they call no methods and read no properties. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'FlowNode', 'SequenceFlow' ])) {
      return;
    }
    for (const text of texts(node)) {
      for (const expression of text.match(/[$#]\{[^}]*\}/g) || []) {
        const bare = expression.replace(/'[^']*'/g, '');
        if (bare.includes('(') || /[A-Za-z_]\s*\.\s*[A-Za-z_]/.test(bare.replace('execution.processBusinessKey', ''))) {
          reporter.report(node.id, `The expression ${expression} must compare variables only`);
        }
      }
    }
  }
});

function texts(node) {
  const found = [];
  if (node.conditionExpression) {
    found.push(node.conditionExpression.body || '');
  }
  for (const definition of node.eventDefinitions || []) {
    found.push(...[ 'timeDate', 'timeDuration', 'timeCycle' ].map((kind) => (definition[kind] || {}).body || ''));
  }
  for (const mapping of extensions(node, 'inputOutput')) {
    const parameters = [ ...inside(mapping, 'camunda:inputParameter'), ...inside(mapping, 'camunda:outputParameter') ];
    found.push(...parameters.map(body));
  }
  for (const mapping of [ ...extensions(node, 'in'), ...extensions(node, 'out') ]) {
    found.push(mapping.sourceExpression || '', mapping.businessKey || '');
  }
  found.push(...Object.values(node.$attrs || {}).map(String));
  return found;
}
