const { isAny, extensions, inside, body } = require('../model');

/** Variables that the steps of a process set themselves. */
const SET_BY_STEPS = new Set([ 'route', 'attempt', 'sendId', 'sendStatus', 'deferUntil', 'deferrals', 'reviewDecision',
  'reviewDue', 'reviewExpiry', 'reason', 'campaignId', 'scheduled', 'startAt', 'withTest', 'testUntil', 'copyUntil', 'flagged', 'contentId' ]);

/** The start event names the variables that the process reads, so that a start without them is refused at once. */
module.exports = () => ({
  check(node, reporter) {
    if (!isAny(node, [ 'Process' ])) {
      return;
    }
    const start = (node.flowElements || []).find((each) => isAny(each, [ 'StartEvent' ]));
    const named = new Set(start ? required(start) : []);
    const missing = [ ...new Set((node.flowElements || []).flatMap(reads)) ]
      .filter((name) => !named.has(name) && !SET_BY_STEPS.has(name));
    if (start && missing.length) {
      reporter.report(start.id, `The start event needs the extension property requiredVariables with ${missing.join(', ')}`);
    }
  }
});

/** The names that a start must give, and those of which the start event states the value. */
function required(start) {
  return extensions(start, 'properties').flatMap((properties) => inside(properties, 'camunda:property'))
    .flatMap((property) => property.name === 'requiredVariables' ? String(property.value).split(',') : [ property.name ])
    .map((name) => name.trim());
}

/** What an element reads: sources of a call, and the variable of a timer. */
function reads(node) {
  const calls = extensions(node, 'in').flatMap((each) => [ each.source, variable(each.sourceExpression) ]);
  const timers = (node.eventDefinitions || [])
    .flatMap((each) => [ each.timeDate, each.timeDuration ].map((time) => time && variable(body(time))));
  return [ ...calls, ...timers ].filter(Boolean);
}

function variable(expression) {
  return (String(expression || '').match(/^\$\{([A-Za-z]+)\}$/) || [])[1];
}
