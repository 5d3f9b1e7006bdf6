/**
 * Journey pages and process diagrams with counts.
 */
@NullMarked
package io.waypost.console.journeys;

import org.jspecify.annotations.NullMarked;
