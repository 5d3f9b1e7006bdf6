/**
 * A built-in provider for development and tests: stores messages, answers like a provider
 * and reports delivery events.
 */
@NullMarked
package io.waypost.delivery.esp.sandbox;

import org.jspecify.annotations.NullMarked;
