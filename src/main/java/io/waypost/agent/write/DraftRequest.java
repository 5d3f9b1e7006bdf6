package io.waypost.agent.write;

import java.util.Locale;

import io.waypost.content.TemplateCopy;
import io.waypost.feature.LifecycleStage;
import org.jspecify.annotations.Nullable;

/**
 * What the writer is asked for.
 *
 * @param goal what the message is for
 * @param stage the recipient's lifecycle stage
 * @param angle why it may interest them
 * @param locale language of the words and format of the numbers
 * @param facts what may be said
 * @param seed fixes the choice of words; the same brief always gives the same draft
 * @param attempt 1 for the first; each attempt gives another subject
 * @param authored words of the template, which go before our own; null for none
 */
public record DraftRequest(String goal, LifecycleStage stage, String angle, Locale locale, ContentFacts facts,
		long seed, int attempt, @Nullable TemplateCopy authored) {

}
