const { isAny, camunda, predecessors } = require('../model');

/**
 * Agents hand one another a batch that lives in one transaction. So a save point may stand
 * only at the head of their chain, and must stand there when the chain begins in the
 * transaction of another caller: the event that starts a journey, a person who completes a task.
 */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'Activity' ])) {
      return;
    }
    const before = predecessors(node);
    const saved = camunda(node, 'asyncBefore') === 'true';
    if (camunda(node, 'asyncAfter') === 'true') {
      reporter.report(node.id, 'A save point belongs before the head of a chain, not after a step');
    }
    if (saved && handsOn(node) && before.some((each) => isAny(each, STEPS) && handsOn(each))) {
      reporter.report(node.id, 'A save point between agents loses the batch in hand; put it at the head of the chain');
    }
    if (!saved && before.some((each) => isAny(each, [ 'UserTask' ]))) {
      reporter.report(node.id, 'What follows a person must be saved first (asyncBefore)');
    }
    if (!saved && isAny(node, [ 'CallActivity' ]) && before.some((each) => isAny(each, [ 'StartEvent' ]))) {
      reporter.report(node.id, 'The event that starts a journey must be stored before the journey acts (asyncBefore)');
    }
  }
});

const STEPS = [ 'ServiceTask', 'SendTask', 'BusinessRuleTask' ];

/** Steps of a campaign hand on nothing but ids; those of one chunk do, like agents. */
const ALONE = /^\$\{(checkBrief|checkApproval|freezeAudience|writeCampaignContent|checkCampaignContent|applyContentReview|expireContentReview|start\w+Chunks|chooseWinner|checkDeferredRecipients|completeCampaign|closeCampaign)\}$/;

function handsOn(node) {
  return !ALONE.test(camunda(node, 'delegateExpression') || '');
}
