/**
 * The language of segments: read by a hand-written parser into conditions, and written
 * back in one canonical form. It knows no database.
 */
@NullMarked
@NamedInterface("language")
package io.waypost.audience.language;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
