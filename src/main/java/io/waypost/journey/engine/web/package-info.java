/**
 * Filters in front of the engine's REST API and web applications.
 */
@NullMarked
package io.waypost.journey.engine.web;

import org.jspecify.annotations.NullMarked;
