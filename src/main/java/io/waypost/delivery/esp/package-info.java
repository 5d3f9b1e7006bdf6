/**
 * The seam to e-mail service providers and, one folder down, one package for each.
 */
@NullMarked
@NamedInterface("esp")
package io.waypost.delivery.esp;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
