/**
 * The audit log page.
 */
@NullMarked
package io.waypost.console.auditlog;

import org.jspecify.annotations.NullMarked;
