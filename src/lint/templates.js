/** Validates one file of element templates. */
async function checkTemplates(text) {
  const { validateAll } = await import('@bpmn-io/element-templates-validator');
  let templates;
  try {
    templates = JSON.parse(text);
  } catch (error) {
    return { templates: [], problems: [ `not JSON: ${error.message}` ] };
  }
  const { results } = validateAll(templates);
  const problems = results.flatMap((result, index) => (result.errors || [])
    .map((error) => `${templates[index].id}: ${error.message}`));
  return { templates, problems };
}

/** Every template that a model names exists in that version, and says the same about the implementation. */
function checkUse(xml, templates) {
  const problems = [];
  const tags = xml.match(/<bpmn:\w+[^>]*camunda:modelerTemplate="[^>]*>/g) || [];
  for (const tag of tags) {
    const attribute = (name) => (tag.match(new RegExp(`[ :]${name}="([^"]*)"`)) || [])[1];
    const id = attribute('modelerTemplate');
    const version = Number(attribute('modelerTemplateVersion'));
    const template = templates.find((each) => each.id === id && each.version === version);
    if (!template) {
      problems.push(`${attribute('id')}: no element template '${id}' version ${version}`);
      continue;
    }
    for (const property of template.properties.filter((each) => each.type === 'Hidden' && each.binding.type === 'property')) {
      const name = property.binding.name.replace('camunda:', '');
      if (attribute(name) !== property.value) {
        problems.push(`${attribute('id')}: ${name} is '${attribute(name)}', its template '${id}' says '${property.value}'`);
      }
    }
  }
  return problems;
}

module.exports = { checkTemplates, checkUse };
