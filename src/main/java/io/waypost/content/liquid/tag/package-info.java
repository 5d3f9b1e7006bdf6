/**
 * Tags of Liquid templates: the scanner, the parser and the immutable nodes of the syntax
 * tree.
 */
@NullMarked
package io.waypost.content.liquid.tag;

import org.jspecify.annotations.NullMarked;
