/**
 * Message pages: the list of sends, and the explanation and preview of one send.
 */
@NullMarked
package io.waypost.console.messages;

import org.jspecify.annotations.NullMarked;
