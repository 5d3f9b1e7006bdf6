const { isAny, camunda, extensions } = require('../model');

const CONSTANT_BEAN = /^\$\{[a-z][A-Za-z0-9]*\}$/;
const FORBIDDEN = [ 'class', 'expression', 'type', 'topic' ];

/** Tasks name a bean, a table or a form and contain no code. */
module.exports = () => ({
  check(node, reporter) {
    if (isAny(node, [ 'ScriptTask' ])) {
      reporter.report(node.id, 'Scripts are not allowed; name a bean instead');
      return;
    }
    if (!isAny(node, [ 'FlowNode', 'SequenceFlow', 'Process' ])) {
      return;
    }
    for (const name of FORBIDDEN) {
      if (camunda(node, name) !== undefined) {
        reporter.report(node.id, `camunda:${name} is not allowed; use camunda:delegateExpression`);
      }
    }
    for (const name of [ 'connector', 'script', 'executionListener' ]) {
      if (extensions(node, name).length) {
        reporter.report(node.id, `camunda:${name} is not allowed`);
      }
    }
    const listeners = extensions(node, 'taskListener');
    const beans = listeners.map((listener) => listener.delegateExpression || '');
    if (isAny(node, [ 'ServiceTask', 'SendTask' ])) {
      beans.push(camunda(node, 'delegateExpression') || '');
    }
    if (isAny(node, [ 'BusinessRuleTask' ]) && !camunda(node, 'decisionRef')) {
      beans.push(camunda(node, 'delegateExpression') || '');
    }
    for (const bean of beans.filter((each) => !CONSTANT_BEAN.test(each))) {
      reporter.report(node.id, `The implementation '${bean}' must be one bean by name, such as \${plannerAgent}`);
    }
  }
});
