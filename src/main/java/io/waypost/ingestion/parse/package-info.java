/**
 * Parses and validates events, corrects their times and removes direct identifiers.
 */
@NullMarked
package io.waypost.ingestion.parse;

import org.jspecify.annotations.NullMarked;
