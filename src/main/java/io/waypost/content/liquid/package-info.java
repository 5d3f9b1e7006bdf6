/**
 * The Liquid engine for templates, its limits, and the merge tags that a template may
 * use.
 */
@NullMarked
package io.waypost.content.liquid;

import org.jspecify.annotations.NullMarked;
