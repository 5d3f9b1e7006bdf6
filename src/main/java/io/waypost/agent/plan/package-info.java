/**
 * Content plans and the facts that content may use.
 */
@NullMarked
package io.waypost.agent.plan;

import org.jspecify.annotations.NullMarked;
