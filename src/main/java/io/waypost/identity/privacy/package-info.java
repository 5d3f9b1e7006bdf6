/**
 * Data subject requests: export and erasure of everything known of a person.
 */
@NullMarked
package io.waypost.identity.privacy;

import org.jspecify.annotations.NullMarked;
