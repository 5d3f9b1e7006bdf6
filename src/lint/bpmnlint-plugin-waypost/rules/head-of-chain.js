const { isAny, camunda, predecessors } = require('../model');

/**
 * Agents pass a batch in memory, inside one transaction. So a save point is allowed only on
 * the first step of their chain. It is required there when the chain begins in the transaction
 * of another caller: the event that starts a journey, or a reviewer who completes a task.
 */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'Activity' ])) {
      return;
    }
    const before = predecessors(node);
    const saved = camunda(node, 'asyncBefore') === 'true';
    if (camunda(node, 'asyncAfter') === 'true') {
      reporter.report(node.id, 'asyncAfter is not allowed; set asyncBefore on the first step of the chain');
    }
    if (saved && passesBatch(node) && before.some((each) => isAny(each, STEPS) && passesBatch(each))) {
      reporter.report(node.id, 'A save point between agents loses the in-memory batch; set asyncBefore on the first step');
    }
    if (!saved && before.some((each) => isAny(each, [ 'UserTask' ]))) {
      reporter.report(node.id, 'The step after a user task needs asyncBefore');
    }
    if (!saved && isAny(node, [ 'CallActivity' ]) && before.some((each) => isAny(each, [ 'StartEvent' ]))) {
      reporter.report(node.id, 'A call activity directly after the start event needs asyncBefore, so that the event is committed first');
    }
  }
});

const STEPS = [ 'ServiceTask', 'SendTask', 'BusinessRuleTask' ];

/** Steps of a campaign pass only ids. Steps of a chunk pass data in memory, like agents. */
const WITHOUT_BATCH = /^\$\{(checkBrief|checkApproval|freezeAudience|requestCampaignCopy|writeCampaignContent|checkCampaignContent|applyContentReview|expireContentReview|start\w+Chunks|chooseWinner|checkDeferredRecipients|completeCampaign|closeCampaign)\}$/;

function passesBatch(node) {
  return !WITHOUT_BATCH.test(camunda(node, 'delegateExpression') || '');
}
