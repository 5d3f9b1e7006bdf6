/**
 * Waypost: AI e-mail personalisation with journeys that can be read and audited. In this
 * version the agents work by rules, without a language model.
 */
@NullMarked
package io.waypost;

import org.jspecify.annotations.NullMarked;
