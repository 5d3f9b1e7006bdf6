const { isAny } = require('../model');

/** Many parallel instances load the engine: the documentation must state the maximum. */
module.exports = () => ({
  check(node, reporter) {
    if (isAny(node, [ 'Activity' ]) && node.loopCharacteristics
        && !(node.documentation || []).some((each) => /at most \d+/i.test(each.text || ''))) {
      reporter.report(node.id, 'A multi-instance activity needs documentation that says "at most <number>"');
    }
  }
});
