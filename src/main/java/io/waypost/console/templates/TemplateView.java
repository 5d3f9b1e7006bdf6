package io.waypost.console.templates;

import java.time.Instant;
import java.util.List;

import io.waypost.console.LabelledValue;
import io.waypost.console.StatusView;
import io.waypost.console.messages.SendExplanationView;
import io.waypost.content.RenderedEmail;
import org.jspecify.annotations.Nullable;

/**
 * One version of a template.
 *
 * @param key its name
 * @param number the version
 * @param summary topic and languages
 * @param mayEdit whether the user may change templates
 * @param versions newest first
 * @param state the version's status
 * @param findings findings of the brand kit check
 * @param blocked whether a finding blocks the approval
 * @param reach effects of the approval, empty for a live version
 * @param comparable versions it can be compared with
 * @param compared version it is compared with, 0 without another version
 * @param diff differences, empty without any
 * @param preview preview for a profile, null without a profile
 * @param profile user id of the profile, empty without one
 * @param previewProblem why there is no preview, empty when there is one or none was
 * requested
 * @param testAddresses test addresses
 */
public record TemplateView(String key, int number, String summary, boolean mayEdit, List<TemplateVersionView> versions,
		TemplateVersionView state, List<FindingView> findings, boolean blocked, List<String> reach,
		List<Integer> comparable, int compared, List<FieldDiffView> diff, @Nullable TemplatePreviewView preview,
		String profile, String previewProblem, List<String> testAddresses) {

	/**
	 * One version in the list.
	 *
	 * @param number the version
	 * @param language display name of its language
	 * @param state its status
	 * @param tone tone of the status
	 * @param by who created it
	 * @param at when it was created
	 * @param approvedBy who approved it, null before approval
	 * @param approvedAt when it was approved
	 */
	record TemplateVersionView(int number, String language, String state, String tone, String by, Instant at,
			@Nullable String approvedBy, @Nullable Instant approvedAt) {

	}

	/** A finding of the brand kit check or of the guardrail. */
	public record FindingView(String severity, String tone, String where, String detail) {

	}

	/** Differences of one field. */
	record FieldDiffView(String name, List<PassageView> passages) {

	}

	/** Part of a text: {@code same}, {@code removed} or {@code added}. */
	record PassageView(String change, String text) {

	}

	/**
	 * Preview for a profile.
	 *
	 * @param subject subject line, null without content
	 * @param text plain-text part
	 * @param inbox what a mailbox shows, null without content
	 * @param status status if sent now
	 * @param reason why
	 * @param until start of the next send window
	 * @param facts permission, timing and plan
	 * @param scores the evaluator's scores
	 * @param scoreReasons reasons of the scores
	 * @param findings the guardrail's findings
	 */
	record TemplatePreviewView(@Nullable String subject, @Nullable String text,
			RenderedEmail.@Nullable InboxSummary inbox, StatusView status, @Nullable String reason,
			@Nullable Instant until, List<LabelledValue> facts, List<SendExplanationView.ScoreBar> scores,
			List<SendExplanationView.ScoreReason> scoreReasons, List<FindingView> findings) {

	}

}
