const { isAny, camunda } = require('../model');

const CODE = 'AGENT_FAILED';

/** Steps that run an agent or change the send of one message. */
const STEPS = /(Agent|Check)\}$|^\$\{(openSend|deferSend|withholdSend|queueSend|flagForReview|applyReview|expireReview)\}$/;

/** Each agent has an error path: to fallback content or to a withheld send with a reason. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'ServiceTask' ]) || !STEPS.test(camunda(node, 'delegateExpression') || '')) {
      return;
    }
    for (let scope = node; scope && scope.$parent; scope = scope.$parent) {
      if (hasBoundary(scope) || hasEventSubProcess(scope)) {
        return;
      }
    }
    reporter.report(node.id, `An agent needs a boundary error ${CODE}, on itself or around it`);
  }
});

function hasBoundary(scope) {
  return (scope.$parent.flowElements || []).some((each) => isAny(each, [ 'BoundaryEvent' ])
    && each.attachedToRef === scope && catches(each));
}

/** Steps inside the event subprocess need no error path: a failure there is retried and becomes an incident. */
function hasEventSubProcess(scope) {
  return scope.triggeredByEvent === true || (scope.flowElements || []).some((each) => isAny(each, [ 'SubProcess' ])
    && each.triggeredByEvent && (each.flowElements || []).some((start) => isAny(start, [ 'StartEvent' ]) && catches(start)));
}

function catches(event) {
  return (event.eventDefinitions || []).some((each) => each.$type === 'bpmn:ErrorEventDefinition'
    && (!each.errorRef || each.errorRef.errorCode === CODE));
}
