const { isAny, camunda } = require('../model');

/** A user task has a candidate group, a form of the same deployment and an expiry timer. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'UserTask' ])) {
      return;
    }
    if (!camunda(node, 'candidateGroups')) {
      reporter.report(node.id, 'A user task needs camunda:candidateGroups');
    }
    if (!camunda(node, 'formRef') || camunda(node, 'formRefBinding') !== 'deployment') {
      reporter.report(node.id, 'A user task needs camunda:formRef with camunda:formRefBinding="deployment"');
    }
    if (camunda(node, 'formKey')) {
      reporter.report(node.id, 'camunda:formKey is not allowed; use camunda:formRef');
    }
    const expires = (node.$parent.flowElements || []).some((each) => isAny(each, [ 'BoundaryEvent' ])
      && each.attachedToRef === node && each.cancelActivity !== false
      && (each.eventDefinitions || []).some((definition) => definition.$type === 'bpmn:TimerEventDefinition'));
    if (!expires) {
      reporter.report(node.id, 'A user task needs an interrupting timer; without it a message could wait without limit');
    }
  }
});
