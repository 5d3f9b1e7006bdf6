package io.waypost.console.templates;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.waypost.console.LabelledValue;
import io.waypost.console.StatusView;
import io.waypost.console.messages.SendExplanationView;
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
public record TemplateView(String key, int number, String summary, boolean mayEdit, List<TemplateVersionView> versions,
		TemplateVersionView state, List<FindingView> findings, boolean blocked, List<String> reach,
		List<Integer> against, int compared, List<FieldDiffView> diff, @Nullable TemplatePreviewView preview,
		String person, String previewProblem, List<String> testAddresses) {

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
	record TemplateVersionView(int number, String language, String state, String tone, String by, Instant at,
			@Nullable String approvedBy, @Nullable Instant approvedAt) {

	}

	/** One thing the check found. */
	public record FindingView(String severity, String tone, String where, String detail) {

	}

	/** One field that differs. */
	record FieldDiffView(String name, List<PassageView> passages) {

	}

	/** Words that share a fate: {@code same}, {@code removed} or {@code added}. */
	record PassageView(String change, String text) {

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
	record TemplatePreviewView(@Nullable String subject, @Nullable String text, StatusView status,
			@Nullable String reason, @Nullable Instant until, List<LabelledValue> facts,
			List<SendExplanationView.ScoreBar> scores, List<SendExplanationView.ScoreReason> scoreReasons,
			List<FindingView> findings) {

	}

	/**
	 * The form for a new version, as it was filled in.
	 *
	 * @param values text of each field
	 * @param problems what is wrong with it, by field
	 */
	public record FormView(Map<String, String> values, Map<String, List<String>> problems) {

	}

}
