/**
 * The page about the costs of language models.
 */
@NullMarked
package io.waypost.console.spend;

import org.jspecify.annotations.NullMarked;
