/** Interface to e-mail service providers (ESPs). Each provider has a sub-package. */
@NullMarked
@NamedInterface("esp")
package io.waypost.delivery.esp;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
