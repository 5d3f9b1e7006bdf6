package io.waypost.console;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One segment.
 *
 * @param name canonical name
 * @param description what it means
 * @param owner who answers for it
 * @param version which one is shown
 * @param live whether that one is in force
 * @param definition on several lines
 * @param mayEdit whether the reader may try others
 * @param versions newest first
 * @param reached whom it reaches now
 */
record SegmentView(String name, String description, String owner, int version, boolean live, String definition,
		boolean mayEdit, List<Version> versions, Attempt reached) {

	/** A segment in the list; its size is null until it is counted. */
	record Row(String name, String description, String owner, int version, boolean live, String definition,
			@Nullable Long size) {

	}

	/** One version. */
	record Version(int number, String state, String tone, String by, Instant at, String definition) {

	}

	/**
	 * Whom a definition reaches.
	 *
	 * @param size how many people
	 * @param people of how many in all
	 * @param conditions each condition by itself
	 * @param sample some of them
	 * @param hints what is probably not meant
	 * @param problem where it makes no sense, null when it does
	 */
	record Attempt(long size, long people, List<OverviewView.CountBar> conditions, List<Somebody> sample,
			List<String> hints, @Nullable Problem problem) {

	}

	/** Somebody in a sample, by the shop's id; null for somebody anonymous. */
	record Somebody(@Nullable String userId) {

	}

	/** A place that makes no sense, with what stands before and behind it. */
	record Problem(String detail, String before, String marked, String after) {

	}

}
