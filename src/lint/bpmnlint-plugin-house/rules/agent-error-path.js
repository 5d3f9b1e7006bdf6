const { isAny, camunda } = require('../model');

const CODE = 'AGENT_FAILED';

/** Steps that run an agent or change the send of one message. */
const STEPS = /(Agent|Check)\}$|^\$\{(openSend|deferSend|withholdSend|queueSend|flagForReview|applyReview|expireReview)\}$/;

/** An agent that fails leads somewhere: to fallback content or to an explained stop. */
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

/** What is inside the event sub-process itself is its last resort: its failure is retried and seen as an incident. */
function hasEventSubProcess(scope) {
  return scope.triggeredByEvent === true || (scope.flowElements || []).some((each) => isAny(each, [ 'SubProcess' ])
    && each.triggeredByEvent && (each.flowElements || []).some((start) => isAny(start, [ 'StartEvent' ]) && catches(start)));
}

function catches(event) {
  return (event.eventDefinitions || []).some((each) => each.$type === 'bpmn:ErrorEventDefinition'
    && (!each.errorRef || each.errorRef.errorCode === CODE));
}
