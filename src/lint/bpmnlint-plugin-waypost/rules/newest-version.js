const { isAny, camunda } = require('../model');

/** References use the latest version, so that each model can be deployed alone. */
module.exports = () => ({
  check(node, reporter) {
    if (isAny(node, [ 'CallActivity' ]) && camunda(node, 'calledElementBinding') !== 'latest') {
      reporter.report(node.id, 'A call activity needs camunda:calledElementBinding="latest"');
    }
    if (isAny(node, [ 'BusinessRuleTask' ]) && camunda(node, 'decisionRef')
        && camunda(node, 'decisionRefBinding') !== 'latest') {
      reporter.report(node.id, 'A business rule task needs camunda:decisionRefBinding="latest"');
    }
  }
});
