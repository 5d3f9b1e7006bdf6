/**
 * Refuses journeys that could send without a permission decision and an inspection, and
 * models that could run foreign code. Pure: works on BPMN and DMN model objects, needs no
 * engine.
 */
@NullMarked
package io.waypost.journey.checker;

import org.jspecify.annotations.NullMarked;
