/**
 * The audit log page.
 */
@NullMarked
package io.waypost.console.compliance;

import org.jspecify.annotations.NullMarked;
