/**
 * The immutable nodes of the syntax tree of a Liquid template.
 */
@NullMarked
package io.waypost.content.liquid.node;

import org.jspecify.annotations.NullMarked;
