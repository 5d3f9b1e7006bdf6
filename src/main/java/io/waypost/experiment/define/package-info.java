/**
 * Definitions of experiments: request, validation, versions in the database, REST API.
 */
@NullMarked
package io.waypost.experiment.define;

import org.jspecify.annotations.NullMarked;
