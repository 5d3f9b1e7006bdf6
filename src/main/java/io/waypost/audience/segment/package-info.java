/**
 * Segments: versions, validation, compilation to SQL, evaluation, REST API.
 */
@NullMarked
package io.waypost.audience.segment;

import org.jspecify.annotations.NullMarked;
