/** Reading models, with or without Camunda's vocabulary registered. */

function isAny(node, types) {
  return types.some((type) => node.$instanceOf && node.$instanceOf(`bpmn:${type}`));
}

function camunda(node, name) {
  const value = node.get(`camunda:${name}`);
  return value === undefined ? undefined : String(value);
}

function extensions(node, name) {
  const values = (node.extensionElements && node.extensionElements.get('values')) || [];
  return values.filter((value) => value.$type.toLowerCase() === `camunda:${name}`.toLowerCase());
}

function inside(element, type) {
  const children = element.$children || Object.values(element).flat();
  return children.filter((child) => child && child.$type && child.$type.toLowerCase() === type.toLowerCase());
}

function body(element) {
  return element.body || element.$body || element.value || '';
}

/** Nodes that directly precede, seen through gateways that decide nothing. */
function predecessors(node, seen = new Set()) {
  return (node.incoming || []).map((flow) => flow.sourceRef).flatMap((source) => {
    if (seen.has(source)) {
      return [];
    }
    seen.add(source);
    return isAny(source, [ 'Gateway' ]) ? predecessors(source, seen) : [ source ];
  });
}

/** Every element of a diagram with its shape or line. */
function drawing(definitions) {
  const elements = (definitions.diagrams || []).flatMap((diagram) => diagram.plane.planeElement || []);
  return {
    shapes: elements.filter((each) => each.$type === 'bpmndi:BPMNShape'),
    edges: elements.filter((each) => each.$type === 'bpmndi:BPMNEdge' && each.bpmnElement)
  };
}

/** A pool around a process: it contains what it overlaps. */
function isPool(shape) {
  return isAny(shape.bpmnElement, [ 'Participant' ]) && Boolean(shape.bpmnElement.processRef);
}

function segments(edge) {
  return edge.waypoint.slice(1).map((to, index) => [ edge.waypoint[index], to ]);
}

function ancestors(node) {
  const found = [];
  for (let parent = node.$parent; parent; parent = parent.$parent) {
    found.push(parent);
  }
  return found;
}

module.exports = { isAny, camunda, extensions, inside, body, predecessors, drawing, isPool, segments, ancestors };
