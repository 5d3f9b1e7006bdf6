const { isAny, drawing, isPool, segments, ancestors } = require('../model');

/** Each label outside a shape has bounds that contain its text and overlap no shape, flow or other label. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'Definitions' ])) {
      return;
    }
    const { shapes, edges } = drawing(node);
    const named = [ ...shapes.filter((each) => isAny(each.bpmnElement, [ 'Event', 'Gateway' ])), ...edges ]
      .filter((each) => each.bpmnElement.name);
    for (const each of named.filter((one) => !one.label || !one.label.bounds)) {
      reporter.report(each.bpmnElement.id, 'The label has no bounds in the diagram');
    }
    const labels = named.filter((each) => each.label && each.label.bounds);
    labels.forEach((each, index) => {
      if (textHeight(each.bpmnElement.name, each.label.bounds.width) > each.label.bounds.height + 4) {
        reporter.report(each.bpmnElement.id, 'The label does not fit into its bounds');
      }
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

const CHARACTER_WIDTH = 5.2;
const LINE_HEIGHT = 13;
const TOLERANCE = 8;

/** Estimated height of a text in the font of diagrams, wrapped between its words. */
function textHeight(text, width) {
  let lines = 1;
  let used = 0;
  for (const word of text.split(/\s+/)) {
    const length = word.length * CHARACTER_WIDTH;
    if (used && used + CHARACTER_WIDTH + length > width + TOLERANCE) {
      lines++;
      used = length;
    } else {
      used += (used ? CHARACTER_WIDTH : 0) + length;
    }
  }
  return lines * LINE_HEIGHT;
}

function overlap(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function touches([ from, to ], box) {
  return overlap({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x) + 0.1,
    height: Math.abs(to.y - from.y) + 0.1 }, box);
}
