/**
 * Expressions of Liquid templates: their parser, the immutable syntax tree and the state
 * of a render.
 */
@NullMarked
package io.waypost.content.liquid.expression;

import org.jspecify.annotations.NullMarked;
