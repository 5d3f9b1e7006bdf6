/**
 * The product catalogue's API.
 */
@NullMarked
package io.waypost.content.catalogue;

import org.jspecify.annotations.NullMarked;
