/**
 * Phrases in texts: words with alternatives, beginnings, gaps and numbers in figures and
 * in words, in English, German and French.
 */
@NullMarked
package io.waypost.agent.phrase;

import org.jspecify.annotations.NullMarked;
