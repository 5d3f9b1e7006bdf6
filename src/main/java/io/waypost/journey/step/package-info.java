/**
 * The steps of the models that personalise one message: one bean for each, named as the
 * models name them.
 */
@NullMarked
package io.waypost.journey.step;

import org.jspecify.annotations.NullMarked;
