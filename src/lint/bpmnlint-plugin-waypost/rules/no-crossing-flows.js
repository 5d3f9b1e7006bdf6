const { isAny, drawing, segments } = require('../model');

/** Flows must not cross or overlap: a reader could not follow them. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'Definitions' ])) {
      return;
    }
    const { edges } = drawing(node);
    edges.forEach((edge, index) => edges.slice(index + 1).forEach((other) => {
      if (segments(edge).some((one) => segments(other).some((two) => meet(one, two)))) {
        reporter.report(edge.bpmnElement.id, `The flow crosses or touches ${other.bpmnElement.id}`);
      }
    }));
  }
});

function meet([ a, b ], [ c, d ]) {
  const one = side(c, d, a) * side(c, d, b);
  const two = side(a, b, c) * side(a, b, d);
  if (one === 0 && two === 0 && side(a, b, c) === 0 && side(a, b, d) === 0) {
    return overlap(a.x, b.x, c.x, d.x) && overlap(a.y, b.y, c.y, d.y);
  }
  return one <= 0 && two <= 0;
}

function side(from, to, point) {
  return Math.sign((to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x));
}

function overlap(a, b, c, d) {
  return Math.max(Math.min(a, b), Math.min(c, d)) <= Math.min(Math.max(a, b), Math.max(c, d));
}
