/**
 * Applies a reviewer's decision about flagged content.
 */
@NullMarked
@NamedInterface("review")
package io.waypost.agent.review;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
