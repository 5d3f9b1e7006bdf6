const { isAny, camunda } = require('../model');

/** What a journey calls or asks is the newest version, so that each model can be deployed by itself. */
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
