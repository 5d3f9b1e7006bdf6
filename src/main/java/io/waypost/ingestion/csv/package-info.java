/**
 * Imports profiles from CSV files.
 */
@NullMarked
package io.waypost.ingestion.csv;

import org.jspecify.annotations.NullMarked;
