/**
 * The HTTP tracking API, compatible with Segment, and its authentication by write key.
 */
@NullMarked
package io.waypost.ingestion.http;

import org.jspecify.annotations.NullMarked;
