/** When people answer: the mathematics of send times, without any store or clock. */
@NullMarked
package io.waypost.agent.timing;

import org.jspecify.annotations.NullMarked;
