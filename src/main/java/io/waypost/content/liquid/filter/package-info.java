/**
 * The standard filters of Liquid. None of them reads files, the network or Java objects.
 */
@NullMarked
package io.waypost.content.liquid.filter;

import org.jspecify.annotations.NullMarked;
