/**
 * Recognises personal data in texts: structured values by pattern, check digits and
 * context.
 */
@NullMarked
package io.waypost.agent.pii;

import org.jspecify.annotations.NullMarked;
