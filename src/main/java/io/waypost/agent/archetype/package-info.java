/**
 * Archetypes: groups of recipients that share generated content.
 */
@NullMarked
@NamedInterface("archetype")
package io.waypost.agent.archetype;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
