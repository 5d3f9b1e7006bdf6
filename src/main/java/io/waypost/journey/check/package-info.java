/**
 * The journey checker. It refuses models that could send without a permission decision
 * and an inspection, or run unknown code. Works on BPMN and DMN model objects and needs
 * no engine.
 */
@NullMarked
package io.waypost.journey.check;

import org.jspecify.annotations.NullMarked;
