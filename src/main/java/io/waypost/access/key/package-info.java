/**
 * API tokens and write keys: stored as hashes, looked up through a short-lived cache.
 */
@NullMarked
@NamedInterface("administration")
package io.waypost.access.key;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
