/**
 * The overview page: key numbers, recent messages, open tasks and health checks.
 */
@NullMarked
package io.waypost.console.overview;

import org.jspecify.annotations.NullMarked;
