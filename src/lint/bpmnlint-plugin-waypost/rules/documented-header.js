const { isAny, camunda } = require('../model');

/** A model has a name, documentation, a version tag and an execution platform. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'Process' ])) {
      return;
    }
    const definitions = node.$parent;
    if (!/^\d+\.\d+\.\d+$/.test(camunda(node, 'versionTag') || '')) {
      reporter.report(node.id, 'The process needs a camunda:versionTag such as 1.0.0');
    }
    if (!node.name || !(node.documentation || []).some((each) => (each.text || '').length > 60)) {
      reporter.report(node.id, 'The process needs a name and documentation that an analyst can read');
    }
    if (node.isExecutable !== true) {
      reporter.report(node.id, 'The process must be executable');
    }
    const version = definitions.get('modeler:executionPlatformVersion');
    if (definitions.get('modeler:executionPlatform') !== 'Camunda Platform' || version !== '7.24.0') {
      reporter.report(node.id, 'The model must name its platform: Camunda Platform 7.24.0');
    }
  }
});
