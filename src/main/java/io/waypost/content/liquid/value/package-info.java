/**
 * Values of Liquid templates: conversions, comparisons and arithmetic as in Ruby, and the
 * budget that bounds a render.
 */
@NullMarked
package io.waypost.content.liquid.value;

import org.jspecify.annotations.NullMarked;
