const names = [
  'agent-error-path',
  'documented-header',
  'flow-through-shape',
  'gateway-question',
  'head-of-chain',
  'id-prefix',
  'named-implementation',
  'newest-version',
  'no-crossing-flows',
  'plain-expression',
  'retry-cycle',
  'reviewable-user-task',
  'start-variables',
  'tidy-labels',
  'bounded-multi-instance'
];

module.exports = {
  configs: {
    recommended: { rules: Object.fromEntries(names.map((name) => [ `waypost/${name}`, 'error' ])) }
  },
  rules: Object.fromEntries(names.map((name) => [ name, `./rules/${name}` ]))
};
