/**
 * What can be read about journeys over the API and as metrics.
 */
@NullMarked
package io.waypost.journey.query;

import org.jspecify.annotations.NullMarked;
