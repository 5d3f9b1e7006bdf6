/**
 * E-mail layouts: HTML and plain text of a draft, compiled once and filled per recipient.
 */
@NullMarked
package io.waypost.content.layout;

import org.jspecify.annotations.NullMarked;
