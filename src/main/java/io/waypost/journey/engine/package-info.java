/**
 * Everything that touches the process engine's internals: identity provider, resource
 * names, history filter, the parse listener of the journey checker. The only place that
 * may import {@code org.camunda.bpm.engine.impl}.
 */
@NullMarked
package io.waypost.journey.engine;

import org.jspecify.annotations.NullMarked;
