/**
 * Brand kits: API, validation and colour contrast.
 */
@NullMarked
package io.waypost.content.brand;

import org.jspecify.annotations.NullMarked;
