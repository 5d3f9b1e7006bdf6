/**
 * Vectors of meaning for short texts in English, German and French, without a model
 * runtime.
 */
@NullMarked
package io.waypost.agent.embed;

import org.jspecify.annotations.NullMarked;
