const PREFIXES = {
  'bpmn:BoundaryEvent': 'boundaryEvent_',
  'bpmn:BusinessRuleTask': 'businessRuleTask_',
  'bpmn:CallActivity': 'callActivity_',
  'bpmn:EndEvent': 'endEvent_',
  'bpmn:EventBasedGateway': 'eventGateway_',
  'bpmn:ExclusiveGateway': 'gateway_',
  'bpmn:IntermediateCatchEvent': 'catchEvent_',
  'bpmn:IntermediateThrowEvent': 'throwEvent_',
  'bpmn:ParallelGateway': 'parallelGateway_',
  'bpmn:ReceiveTask': 'receiveTask_',
  'bpmn:SendTask': 'sendTask_',
  'bpmn:SequenceFlow': 'flow_',
  'bpmn:ServiceTask': 'serviceTask_',
  'bpmn:StartEvent': 'startEvent_',
  'bpmn:SubProcess': 'subProcess_',
  'bpmn:UserTask': 'userTask_'
};

/** Ids appear in logs and histories: the prefix names the type of the element. */
module.exports = () => ({
  check(node, reporter) {
    const prefix = PREFIXES[node.$type];
    if (prefix && !new RegExp(`^${prefix}[A-Z][A-Za-z0-9_]*$`).test(node.id)) {
      reporter.report(node.id, `The id must be ${prefix}PascalCase`);
    }
    if (node.$type === 'bpmn:Process' && !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(node.id)) {
      reporter.report(node.id, 'The process id must be kebab-case');
    }
  }
});
