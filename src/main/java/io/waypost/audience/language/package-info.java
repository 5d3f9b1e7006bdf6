/**
 * The segment language: a hand-written parser turns definitions into conditions, and a
 * printer writes them in one canonical form. It does not use the database.
 */
@NullMarked
@NamedInterface("language")
package io.waypost.audience.language;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
