/**
 * Previews and test sends of a template version.
 */
@NullMarked
@NamedInterface("preview")
package io.waypost.agent.preview;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
