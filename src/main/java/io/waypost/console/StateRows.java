package io.waypost.console;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.waypost.delivery.SendStatus;
import io.waypost.delivery.StatusCount;

/** Groups counts of messages by state, with their reasons. */
final class StateRows {

	private StateRows() {
	}

	static List<OverviewView.StateRow> of(List<StatusCount> counts, Words words) {
		Map<SendStatus, List<StatusCount>> byStatus = new EnumMap<>(SendStatus.class);
		counts.forEach((count) -> byStatus.computeIfAbsent(count.status(), (status) -> new ArrayList<>()).add(count));
		List<OverviewView.StateRow> rows = new ArrayList<>();
		byStatus.forEach((status, same) -> rows.add(new OverviewView.StateRow(words.status(status),
				same.stream().mapToLong(StatusCount::sends).sum(), reasons(same, words))));
		return rows;
	}

	private static List<OverviewView.Why> reasons(List<StatusCount> counts, Words words) {
		List<OverviewView.Why> reasons = new ArrayList<>();
		for (StatusCount count : counts) {
			String reason = words.reason(count.reason());
			if (reason != null) {
				reasons.add(new OverviewView.Why(reason, count.sends()));
			}
		}
		return reasons;
	}

}
