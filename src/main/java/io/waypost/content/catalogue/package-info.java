/**
 * API of the product catalogue.
 */
@NullMarked
package io.waypost.content.catalogue;

import org.jspecify.annotations.NullMarked;
