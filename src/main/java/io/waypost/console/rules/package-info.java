/**
 * Decision table pages.
 */
@NullMarked
package io.waypost.console.rules;

import org.jspecify.annotations.NullMarked;
