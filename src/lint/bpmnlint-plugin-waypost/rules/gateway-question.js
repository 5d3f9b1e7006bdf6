const { isAny } = require('../model');

/** A splitting gateway has a question as name, named flows and a default flow; a joining gateway has no name. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'ExclusiveGateway' ])) {
      return;
    }
    const outgoing = node.outgoing || [];
    if (outgoing.length < 2) {
      if (node.name) {
        reporter.report(node.id, 'A joining gateway has no name');
      }
      return;
    }
    if (!/\?$/.test(node.name || '')) {
      reporter.report(node.id, 'A splitting gateway is named by a question');
    }
    for (const flow of outgoing.filter((each) => !each.name)) {
      reporter.report(flow.id, 'A flow out of a question is named by its answer');
    }
    if (!node.default) {
      reporter.report(node.id, 'A splitting gateway needs a default flow: it handles unexpected values');
    }
  }
});
