/**
 * The Liquid engine for templates, its limits and the available merge tags.
 */
@NullMarked
package io.waypost.content.liquid;

import org.jspecify.annotations.NullMarked;
