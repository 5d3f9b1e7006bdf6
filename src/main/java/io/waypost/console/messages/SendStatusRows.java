package io.waypost.console.messages;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.waypost.console.Labels;
import io.waypost.console.overview.OverviewView;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SendStatusCount;

/** Groups counts of messages by state, with their reasons. */
public final class SendStatusRows {

	private SendStatusRows() {
	}

	public static List<OverviewView.SendStatusRow> of(List<SendStatusCount> counts, Labels words) {
		Map<SendStatus, List<SendStatusCount>> byStatus = new EnumMap<>(SendStatus.class);
		counts.forEach((count) -> byStatus.computeIfAbsent(count.status(), (status) -> new ArrayList<>()).add(count));
		List<OverviewView.SendStatusRow> rows = new ArrayList<>();
		byStatus.forEach((status, same) -> rows.add(new OverviewView.SendStatusRow(words.status(status),
				same.stream().mapToLong(SendStatusCount::sends).sum(), reasons(same, words))));
		return rows;
	}

	private static List<OverviewView.ReasonCount> reasons(List<SendStatusCount> counts, Labels words) {
		List<OverviewView.ReasonCount> reasons = new ArrayList<>();
		for (SendStatusCount count : counts) {
			String reason = words.reason(count.reason());
			if (reason != null) {
				reasons.add(new OverviewView.ReasonCount(reason, count.sends()));
			}
		}
		return reasons;
	}

}
