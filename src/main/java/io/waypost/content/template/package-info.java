/**
 * Template versions: API, brand kit check, differences and approval.
 */
@NullMarked
package io.waypost.content.template;

import org.jspecify.annotations.NullMarked;
