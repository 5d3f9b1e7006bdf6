/**
 * The rule-based writer: a grammar of fragments, each with the facts it needs, in
 * English, German and French.
 */
@NullMarked
package io.waypost.agent.writer;

import org.jspecify.annotations.NullMarked;
