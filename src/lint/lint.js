const fs = require('node:fs');
const path = require('node:path');

const { checkForm } = require('./forms');
const { lintModel } = require('./models');
const { checkTemplates, checkUse } = require('./templates');

const root = path.resolve(__dirname, '..', '..');

function files(folder, ending) {
  const found = fs.readdirSync(path.join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(ending)).sort().map((name) => path.join(folder, name));
  if (!found.length) {
    throw new Error(`No ${ending} files in ${folder}`);
  }
  return found;
}

async function main() {
  const read = (file) => fs.readFileSync(path.join(root, file), 'utf8');
  const problems = [];
  const templates = [];
  for (const file of files('.camunda/element-templates', '.json')) {
    const checked = await checkTemplates(read(file));
    templates.push(...checked.templates);
    problems.push(...checked.problems.map((problem) => `${file}: ${problem}`));
  }
  for (const file of files('processes', '.bpmn')) {
    const complaints = await lintModel(read(file));
    problems.push(...complaints.map(({ element, rule, message }) => `${file}: ${element}: ${message} (${rule})`));
    problems.push(...checkUse(read(file), templates).map((problem) => `${file}: ${problem}`));
  }
  for (const file of files('forms', '.form')) {
    problems.push(...checkForm(path.basename(file, '.form'), read(file)).map((problem) => `${file}: ${problem}`));
  }
  problems.forEach((problem) => console.error(problem));
  console.log(problems.length ? `${problems.length} problems` : 'Models, element templates and forms are in order');
  process.exitCode = problems.length ? 1 : 0;
}

main();
