/**
 * Background threads of {@code delivery}: polling and group commit.
 */
@NullMarked
package io.waypost.delivery.worker;

import org.jspecify.annotations.NullMarked;
