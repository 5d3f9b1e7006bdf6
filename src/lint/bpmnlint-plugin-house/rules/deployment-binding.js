const { isAny, camunda } = require('../model');

/** Models that belong together are called in the version they were deployed with. */
module.exports = () => ({
  check(node, reporter) {
    if (isAny(node, [ 'CallActivity' ]) && camunda(node, 'calledElementBinding') !== 'deployment') {
      reporter.report(node.id, 'A call activity needs camunda:calledElementBinding="deployment"');
    }
    if (isAny(node, [ 'BusinessRuleTask' ]) && camunda(node, 'decisionRef')
        && camunda(node, 'decisionRefBinding') !== 'deployment') {
      reporter.report(node.id, 'A business rule task needs camunda:decisionRefBinding="deployment"');
    }
  }
});
