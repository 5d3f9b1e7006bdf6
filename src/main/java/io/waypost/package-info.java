/** Waypost: AI-personalised e-mail through journeys that anyone can read and audit. */
@NullMarked
package io.waypost;

import org.jspecify.annotations.NullMarked;
