const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

const { Linter } = require('bpmnlint');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');

const config = JSON.parse(fs.readFileSync(path.join(__dirname, '.bpmnlintrc'), 'utf8'));

/** Lints one model; answers `{element, rule, message}` for each complaint. */
async function lintModel(xml) {
  const { BpmnModdle } = await import('bpmn-moddle').then((module) => ({ BpmnModdle: module.BpmnModdle || module.default }));
  const camunda = require('camunda-bpmn-moddle/resources/camunda.json');
  const { rootElement, warnings } = await new BpmnModdle({ camunda }).fromXML(xml);
  const linter = new Linter({ config, resolver: new NodeResolver({ require: createRequire(__filename) }) });
  const results = await linter.lint(rootElement);
  const complaints = warnings.map((warning) => ({ element: '-', rule: 'xml', message: warning.message }));
  for (const [ rule, reports ] of Object.entries(results)) {
    complaints.push(...reports.map((report) => ({ element: report.id, rule, message: report.message })));
  }
  return complaints;
}

module.exports = { lintModel };
