/**
 * Decision table pages.
 */
@NullMarked
package io.waypost.console.decisiontables;

import org.jspecify.annotations.NullMarked;
