/**
 * Template pages: versions, differences, previews, test sends and approval.
 */
@NullMarked
package io.waypost.console.templates;

import org.jspecify.annotations.NullMarked;
