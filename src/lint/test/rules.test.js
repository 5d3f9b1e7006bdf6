const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');

const { checkForm } = require('../forms');
const { lintModel } = require('../models');
const { checkTemplates, checkUse } = require('../templates');
const plugin = require('bpmnlint-plugin-waypost');

const good = fs.readFileSync(path.join(__dirname, 'fixtures', 'good-example.bpmn'), 'utf8');
const templateFile = path.join(__dirname, '..', '..', '..', '.camunda', 'element-templates', 'agents.json');

/** Rule, what to replace in the good example, with what. */
const BREAKS = [
  [ 'named-implementation', 'camunda:delegateExpression="${triggerAgent}"', 'camunda:class="com.example.Anything"' ],
  [ 'named-implementation', 'camunda:delegateExpression="${triggerAgent}"', 'camunda:expression="${triggerAgent}"' ],
  [ 'named-implementation', 'camunda:delegateExpression="${triggerAgent}"', 'camunda:delegateExpression="${beans.any}"' ],
  [ 'named-implementation', 'camunda:delegateExpression="${triggerAgent}"', '' ],
  [ 'named-implementation', 'delegateExpression="${reviewTask}"', 'class="com.example.Anything"' ],
  [ 'plain-expression', "${route == 'CONTINUE'}", "${route.equals('CONTINUE')}" ],
  [ 'plain-expression', '${reviewExpiry}', '${clock.instant}' ],
  [ 'plain-expression', 'sourceExpression="first"', 'sourceExpression="${execution.getVariable(template)}"' ],
  [ 'head-of-chain', ' camunda:asyncBefore="true" calledElement', ' calledElement' ],
  [ 'head-of-chain', 'camunda:asyncBefore="true" camunda:delegateExpression="${applyReview}"',
    'camunda:delegateExpression="${applyReview}"' ],
  [ 'head-of-chain', 'camunda:delegateExpression="${triggerAgent}"',
    'camunda:asyncAfter="true" camunda:delegateExpression="${triggerAgent}"' ],
  [ 'retry-cycle', '<camunda:failedJobRetryTimeCycle>PT1S,PT10S,PT1M,PT5M,PT30M</camunda:failedJobRetryTimeCycle>', '' ],
  [ 'retry-cycle', 'PT1S,PT10S,PT1M,PT5M,PT30M', 'R1/PT1S' ],
  [ 'id-prefix', /serviceTask_CheckReason/g, 'Activity_0x1' ],
  [ 'id-prefix', /good-example/g, 'GoodExample' ],
  [ 'reviewable-user-task', 'camunda:candidateGroups="reviewer"', '' ],
  [ 'reviewable-user-task', 'camunda:formRefBinding="deployment"', 'camunda:formRefBinding="latest"' ],
  [ 'reviewable-user-task', /attachedToRef="userTask_Decide"/, 'attachedToRef="userTask_Decide" cancelActivity="false"' ],
  [ 'newest-version', 'camunda:calledElementBinding="latest"', 'camunda:calledElementBinding="deployment"' ],
  [ 'agent-error-path', 'attachedToRef="serviceTask_CheckReason"', 'attachedToRef="callActivity_SendMessage"' ],
  [ 'agent-error-path', 'errorCode="AGENT_FAILED"', 'errorCode="OTHER"' ],
  [ 'documented-header', 'camunda:versionTag="1.0.0"', '' ],
  [ 'documented-header', 'isExecutable="true"', 'isExecutable="false"' ],
  [ 'documented-header', /<bpmn:documentation>A small[^<]*<\/bpmn:documentation>/, '' ],
  [ 'documented-header', 'modeler:executionPlatformVersion="7.24.0"', 'modeler:executionPlatformVersion="7.20.0"' ],
  [ 'gateway-question', 'name="Still valid?"', 'name="Check"' ],
  [ 'gateway-question', ' default="flow_StillValid_Gone"', '' ],
  [ 'bounded-multi-instance', /(<bpmn:userTask [^>]*>)([^]*?)<\/bpmn:userTask>/,
    '$1$2<bpmn:multiInstanceLoopCharacteristics /></bpmn:userTask>' ],
  [ 'no-crossing-flows', /<di:waypoint x="570" y="185" \/>/, '<di:waypoint x="570" y="185" /><di:waypoint x="330" y="230" />' ],
  [ 'flow-through-shape', /<di:waypoint x="450" y="218" \/>/, '<di:waypoint x="450" y="218" /><di:waypoint x="570" y="285" />' ],
  [ 'start-variables', 'value="tenantId, profileId, runId, topic, template"', 'value="tenantId, profileId, runId"' ],
  [ 'start-variables', /<camunda:properties>[^]*?<\/camunda:properties>/, '' ],
  [ 'tidy-labels', /(bpmnElement="endEvent_Gone">\s*<dc:Bounds [^>]*>)\s*<bpmndi:BPMNLabel>[^]*?<\/bpmndi:BPMNLabel>/, '$1' ],
  [ 'tidy-labels', /(bpmnElement="endEvent_Gone">\s*<dc:Bounds [^>]*>\s*<bpmndi:BPMNLabel>\s*<dc:Bounds x=")\d+(" y=")\d+/,
    '$1440$2280' ],
  [ 'tidy-labels', 'name="Still valid?"', 'name="Does the reason for this message still exist after the wait?"' ]
];

test('the good example has no complaint', async () => {
  assert.deepStrictEqual(await lintModel(good), []);
});

for (const [ rule, from, to ] of BREAKS) {
  test(`waypost/${rule} notices ${String(from).slice(0, 60)}`, async () => {
    const broken = good.replace(from, to);
    assert.notStrictEqual(broken, good, 'nothing was replaced');
    const complaints = await lintModel(broken);
    assert.ok(complaints.some((each) => each.rule === `waypost/${rule}`), JSON.stringify(complaints));
  });
}

test('a save point between two agents is noticed', async () => {
  const from = 'camunda:delegateExpression="${triggerAgent}"';
  const broken = good.replace(from, `camunda:asyncBefore="true" ${from}`)
    .replace(/callActivity/g, 'serviceTask').replace('calledElement="personalised-message"', '');
  const complaints = await lintModel(broken);
  assert.ok(complaints.some((each) => each.rule === 'waypost/head-of-chain' && /between agents/.test(each.message)));
});

test('an error event sub-process around an agent is an error path', async () => {
  const real = fs.readFileSync(path.join(__dirname, '..', '..', '..', 'processes', 'personalised-message.bpmn'), 'utf8');
  assert.deepStrictEqual(await lintModel(real), []);
  const without = real.replace('id="subProcess_AgentFailed" name="Withhold after agent failure" triggeredByEvent="true"',
    'id="subProcess_AgentFailed" name="Withhold after agent failure"');
  assert.notStrictEqual(without, real, 'nothing was replaced');
  assert.ok((await lintModel(without)).some((each) => each.rule === 'waypost/agent-error-path'));
});

test('a pool may contain flows and labels, another process may not', async () => {
  const real = fs.readFileSync(path.join(__dirname, '..', '..', '..', 'processes', 'campaign.bpmn'), 'utf8');
  assert.deepStrictEqual(await lintModel(real), []);
  const covered = real.replace(/(bpmnElement="participant_CampaignChunk"[^>]*>\s*<dc:Bounds x="560" y=")1010/, '$1640');
  assert.notStrictEqual(covered, real, 'nothing was replaced');
  assert.ok((await lintModel(covered)).some((each) => each.rule === 'waypost/flow-through-shape'));
});

test('every rule is broken once', () => {
  assert.deepStrictEqual([ ...new Set(BREAKS.map(([ rule ]) => rule)) ].sort(), Object.keys(plugin.rules).sort());
});

test('a model without time to live is refused', async () => {
  const complaints = await lintModel(good.replace('camunda:historyTimeToLive="P180D"', ''));
  assert.ok(complaints.some((each) => each.rule === 'camunda-compat/history-time-to-live'));
});

const form = { id: 'f', type: 'default', schemaVersion: 16, executionPlatform: 'Camunda Platform',
  executionPlatformVersion: '7.24.0', components: [ { id: 'a', type: 'textfield', key: 'a' } ] };

for (const [ problem, broken ] of [
  [ /must be the file's name/, { ...form, id: 'g' } ],
  [ /schemaVersion 16/, { ...form, schemaVersion: 18 } ],
  [ /cannot show 'filepicker'/, { ...form, components: [ { id: 'a', type: 'filepicker', key: 'a' } ] } ],
  [ /dotted key/, { ...form, components: [ { id: 'a', type: 'textarea', key: 'body' } ] } ],
  [ /used twice/, { ...form, components: [ ...form.components, ...form.components ] } ],
  [ /valuesKey/, { ...form, components: [ { id: 'g', type: 'group', components: [ { id: 'r', type: 'radio', key: 'r', valuesKey: 'x' } ] } ] } ]
]) {
  test(`a form is refused: ${problem}`, () => {
    assert.match(checkForm('f', JSON.stringify(broken)).join('\n'), problem);
  });
}

test('a good form passes and a broken one says so', () => {
  assert.deepStrictEqual(checkForm('f', JSON.stringify(form)), []);
  assert.match(checkForm('f', '{').join(), /not JSON/);
});

test('an element template with an unknown binding is refused', async () => {
  const templates = JSON.parse(fs.readFileSync(templateFile, 'utf8'));
  assert.deepStrictEqual((await checkTemplates(JSON.stringify(templates))).problems, []);
  templates[0].properties[0].binding.type = 'camunda:anything';
  assert.notDeepStrictEqual((await checkTemplates(JSON.stringify(templates))).problems, []);
  assert.match((await checkTemplates('{')).problems.join(), /not JSON/);
});

test('a model that departs from its element template is refused', () => {
  const templates = JSON.parse(fs.readFileSync(templateFile, 'utf8'));
  const used = good.match(/<bpmn:serviceTask id="serviceTask_CheckReason"[^>]*>/)[0];
  assert.deepStrictEqual(checkUse(used, templates), []);
  assert.match(checkUse(used.replace('${triggerAgent}', '${plannerAgent}'), templates).join(), /says '\$\{triggerAgent\}'/);
  assert.match(checkUse(used.replace('Version="1"', 'Version="9"'), templates).join(), /no element template/);
});
