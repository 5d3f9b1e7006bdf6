/**
 * Everything that touches engine internals: identity provider, deployment check, history
 * filter, start and end listeners, retries. The only place that may import
 * {@code org.camunda.bpm.engine.impl}.
 */
@NullMarked
package io.waypost.journey.engine;

import org.jspecify.annotations.NullMarked;
