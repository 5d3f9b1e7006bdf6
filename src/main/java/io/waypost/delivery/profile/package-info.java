/**
 * What happens to sends when profiles are merged, exported or erased.
 */
@NullMarked
package io.waypost.delivery.profile;

import org.jspecify.annotations.NullMarked;
