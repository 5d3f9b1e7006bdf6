/**
 * Campaign pages: list, brief form, reach, progress, content and results.
 */
@NullMarked
package io.waypost.console.campaigns;

import org.jspecify.annotations.NullMarked;
