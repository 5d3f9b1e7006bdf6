/**
 * BPMN messages for runs that wait, kept until the run takes them.
 */
@NullMarked
package io.waypost.journey.message;

import org.jspecify.annotations.NullMarked;
