/**
 * Segment pages: definitions, versions, estimated size and approval.
 */
@NullMarked
package io.waypost.console.segments;

import org.jspecify.annotations.NullMarked;
