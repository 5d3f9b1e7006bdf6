/**
 * The OpenAPI document: title, security schemes, error responses and examples.
 */
@NullMarked
package io.waypost.access.openapi;

import org.jspecify.annotations.NullMarked;
