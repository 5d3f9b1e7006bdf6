const { isAny } = require('../model');

/** Many instances at once are a load on the engine: somebody must have written down how many. */
module.exports = () => ({
  check(node, reporter) {
    if (isAny(node, [ 'Activity' ]) && node.loopCharacteristics
        && !(node.documentation || []).some((each) => /at most \d+/i.test(each.text || ''))) {
      reporter.report(node.id, 'A multi-instance activity needs documentation that says "at most <number>"');
    }
  }
});
