/** What form-js 1.8.7, which Tasklist 7.24 carries, can show. */
const TYPES = new Set([ 'textfield', 'textarea', 'number', 'checkbox', 'checklist', 'radio', 'select', 'taglist', 'datetime',
  'text', 'image', 'table', 'group', 'dynamiclist', 'expression', 'separator', 'spacer', 'button' ]);

/** Longer texts do not fit a String variable of the engine: they need a dotted key inside one Json variable. */
const LONG_TEXTS = new Set([ 'textarea' ]);

function checkForm(name, text) {
  let form;
  try {
    form = JSON.parse(text);
  } catch (error) {
    return [ `not JSON: ${error.message}` ];
  }
  const problems = [];
  if (form.id !== name) {
    problems.push(`the id '${form.id}' must be the file's name '${name}'`);
  }
  if (form.schemaVersion !== 16 || form.executionPlatform !== 'Camunda Platform' || form.executionPlatformVersion !== '7.24.0') {
    problems.push('it must say schemaVersion 16 and executionPlatform "Camunda Platform" 7.24.0');
  }
  const ids = new Set();
  for (const component of every(form.components || [])) {
    if (!TYPES.has(component.type)) {
      problems.push(`${component.id}: form-js 1.8.7 in Tasklist cannot show '${component.type}'`);
    }
    if (LONG_TEXTS.has(component.type) && !String(component.key).includes('.')) {
      problems.push(`${component.id}: a long text needs a dotted key inside one Json variable, not '${component.key}'`);
    }
    if (ids.has(component.id)) {
      problems.push(`${component.id}: the id is used twice`);
    }
    ids.add(component.id);
  }
  for (const component of every((form.components || []).flatMap((each) => each.components || []))) {
    if (component.valuesKey) {
      problems.push(`${component.id}: valuesKey works at the top level only`);
    }
  }
  return problems;
}

function every(components) {
  return components.flatMap((component) => [ component, ...every(component.components || []) ]);
}

module.exports = { checkForm };
