/**
 * API of the offers.
 */
@NullMarked
package io.waypost.content.offer;

import org.jspecify.annotations.NullMarked;
