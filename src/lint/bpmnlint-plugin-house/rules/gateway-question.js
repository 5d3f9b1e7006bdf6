const { isAny } = require('../model');

/** A split asks a question, its flows answer, one answer is the default; a join says nothing. */
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
      reporter.report(node.id, 'A splitting gateway needs a default flow: what happens to whatever nobody thought of');
    }
  }
});
