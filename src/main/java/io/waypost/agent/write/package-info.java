/**
 * The rule-based writer: a grammar of text fragments, each with the facts it needs, in
 * English, German and French.
 */
@NullMarked
package io.waypost.agent.write;

import org.jspecify.annotations.NullMarked;
