/**
 * Facts that messages may use, besides products and the brand kit: offers, details of
 * products, names of categories.
 */
@NullMarked
@NamedInterface("fact")
package io.waypost.content.fact;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
