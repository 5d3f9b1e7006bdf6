/**
 * Content plans: what a message is to say, and the facts it may use.
 */
@NullMarked
package io.waypost.agent.plan;

import org.jspecify.annotations.NullMarked;
