/**
 * Content that many sends share, and the explanations of campaign sends, stored in
 * compressed pages.
 */
@NullMarked
package io.waypost.delivery.content;

import org.jspecify.annotations.NullMarked;
