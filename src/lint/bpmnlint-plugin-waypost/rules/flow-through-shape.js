const { isAny, drawing, isPool, segments, ancestors } = require('../model');

const MARGIN = 4;

/** A flow that runs through a shape looks as if it were connected to it. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'Definitions' ])) {
      return;
    }
    const { shapes, edges } = drawing(node);
    for (const edge of edges) {
      const flow = edge.bpmnElement;
      const own = new Set([ flow, flow.sourceRef, flow.targetRef ].filter(Boolean).flatMap((each) => [ each, ...ancestors(each) ]));
      if (flow.sourceRef && flow.sourceRef.attachedToRef) {
        own.add(flow.sourceRef.attachedToRef);
      }
      for (const shape of shapes.filter((each) => each.bpmnElement && !own.has(each.bpmnElement) && !isPool(each))) {
        if (segments(edge).some((segment) => runsThrough(segment, shape.bounds))) {
          reporter.report(flow.id, `The flow runs through ${shape.bpmnElement.id}`);
        }
      }
    }
  }
});

function runsThrough([ from, to ], box) {
  const steps = Math.max(2, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 2));
  for (let step = 0; step <= steps; step++) {
    const x = from.x + (to.x - from.x) * step / steps;
    const y = from.y + (to.y - from.y) * step / steps;
    if (x > box.x - MARGIN && x < box.x + box.width + MARGIN && y > box.y - MARGIN && y < box.y + box.height + MARGIN) {
      return true;
    }
  }
  return false;
}
