package io.waypost.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One template, seen from one of its versions.
 *
 * @param key its name
 * @param number which version is looked at
 * @param summary topic and languages
 * @param mayEdit whether the reader may change anything
 * @param versions newest first
 * @param state where the version stands
 * @param findings what the brand kit check found
 * @param blocked whether they stand in the way of approval
 * @param reach what approving it does, in sentences; empty when it is live
 * @param against numbers of the versions it can be compared with
 * @param compared with which it is compared, 0 when there is no other
 * @param diff what is different, empty when nothing is
 * @param preview what a person would get, null while nobody is named
 * @param person user id of the person named, empty for nobody
 * @param previewProblem why there is no preview, empty when there is one or none asked
 * for
 * @param testAddresses where tests may go besides people
 */
record ContentView(String key, int number, String summary, boolean mayEdit, List<Version> versions, Version state,
		List<Finding> findings, boolean blocked, List<String> reach, List<Integer> against, int compared,
		List<Field> diff, @Nullable Preview preview, String person, String previewProblem, List<String> testAddresses) {

	/**
	 * One version.
	 *
	 * @param number which
	 * @param language its language, as people call it
	 * @param state {@code Live}, {@code Approved} or {@code Draft}
	 * @param tone of the state
	 * @param by who wrote it
	 * @param at when
	 * @param approvedBy who approved it, null while nobody did
	 * @param approvedAt when
	 */
	record Version(int number, String language, String state, String tone, String by, Instant at,
			@Nullable String approvedBy, @Nullable Instant approvedAt) {

	}

	/** One thing the check found. */
	record Finding(String severity, String tone, String where, String detail) {

	}

	/** One field that differs. */
	record Field(String name, List<Passage> passages) {

	}

	/** Words that share a fate: {@code same}, {@code removed} or {@code added}. */
	record Passage(String change, String text) {

	}

	/**
	 * What a person would get.
	 *
	 * @param subject of the message, null when there are no words
	 * @param text plain-text part
	 * @param status where the message would stand
	 * @param reason why
	 * @param until when the next window opens
	 * @param facts permission, timing, plan
	 * @param scores bars
	 * @param scoreReasons what made them
	 * @param findings what the guardrail found
	 */
	record Preview(@Nullable String subject, @Nullable String text, StatusView status, @Nullable String reason,
			@Nullable Instant until, List<Fact> facts, List<WhyView.Score> scores, List<WhyView.Note> scoreReasons,
			List<Finding> findings) {

	}

	/**
	 * The form for a new version, as it was filled in.
	 *
	 * @param values text of each field
	 * @param problems what is wrong with it, by field
	 */
	record Form(Map<String, String> values, Map<String, List<String>> problems) {

	}

}
