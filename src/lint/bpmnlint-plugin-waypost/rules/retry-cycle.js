const { isAny, camunda, extensions, body } = require('../model');

/** Each element that runs as a job has a retry cycle. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'FlowNode' ])) {
      return;
    }
    const waits = isAny(node, [ 'CatchEvent' ])
      && (node.eventDefinitions || []).some((each) => each.$type === 'bpmn:TimerEventDefinition');
    const saved = camunda(node, 'asyncBefore') === 'true' || camunda(node, 'asyncAfter') === 'true';
    if (!waits && !saved) {
      return;
    }
    const cycle = extensions(node, 'failedJobRetryTimeCycle').map(body).join('');
    if (cycle.split(',').filter((each) => /^P/.test(each.trim())).length < 3 && !/^R([3-9]|\d\d)\/P/.test(cycle)) {
      reporter.report(node.id, 'A job needs a camunda:failedJobRetryTimeCycle with at least three tries');
    }
  }
});
