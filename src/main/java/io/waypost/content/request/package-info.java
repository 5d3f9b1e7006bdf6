/**
 * Cursors and URL validation that the controllers of this room share.
 */
@NullMarked
package io.waypost.content.request;

import org.jspecify.annotations.NullMarked;
