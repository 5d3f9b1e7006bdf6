/** Prepares claimed sends, composes their messages and submits them to a provider. */
@NullMarked
package io.waypost.delivery.dispatch;

import org.jspecify.annotations.NullMarked;
