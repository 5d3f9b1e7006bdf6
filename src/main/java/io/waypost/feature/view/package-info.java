/**
 * Feature views: their catalogue, and the calculation of feature values from a state at a
 * moment.
 */
@NullMarked
package io.waypost.feature.view;

import org.jspecify.annotations.NullMarked;
