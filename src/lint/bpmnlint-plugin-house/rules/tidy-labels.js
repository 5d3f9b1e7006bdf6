const { isAny, drawing, isPool, segments, ancestors } = require('../model');

/** Every name outside a shape has its place, clear of shapes and of other names. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'Definitions' ])) {
      return;
    }
    const { shapes, edges } = drawing(node);
    const named = [ ...shapes.filter((each) => isAny(each.bpmnElement, [ 'Event', 'Gateway' ])), ...edges ]
      .filter((each) => each.bpmnElement.name);
    for (const each of named.filter((one) => !one.label || !one.label.bounds)) {
      reporter.report(each.bpmnElement.id, 'The label has no place in the diagram');
    }
    const labels = named.filter((each) => each.label && each.label.bounds);
    labels.forEach((each, index) => {
      const { sourceRef } = each.bpmnElement;
      const around = new Set([ sourceRef, ...ancestors(each.bpmnElement) ]);
      if (isAny(each.bpmnElement, [ 'Gateway' ])) {
        around.add(each.bpmnElement); // the corners of a diamond's box are free
      }
      const shape = shapes.find((other) => !around.has(other.bpmnElement) && !isPool(other)
        && overlap(each.label.bounds, other.bounds));
      if (shape) {
        reporter.report(each.bpmnElement.id, `The label covers ${shape.bpmnElement.id}`);
      }
      const label = labels.slice(index + 1).find((other) => overlap(each.label.bounds, other.label.bounds));
      if (label) {
        reporter.report(each.bpmnElement.id, `The label covers the label of ${label.bpmnElement.id}`);
      }
      const crossed = edges.find((edge) => segments(edge).some((segment) => touches(segment, each.label.bounds)));
      if (crossed) {
        reporter.report(each.bpmnElement.id, `The label lies on ${crossed.bpmnElement.id}`);
      }
    });
  }
});

function overlap(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function touches([ from, to ], box) {
  return overlap({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x) + 0.1,
    height: Math.abs(to.y - from.y) + 0.1 }, box);
}
