package io.waypost.console.messages;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.waypost.console.Labels;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SendStatusCount;

/** Groups counts of messages by status, with their reasons. */
public final class SendStatusRows {

	private SendStatusRows() {
	}

	public static List<SendStatusRow> of(List<SendStatusCount> counts, Labels labels) {
		Map<SendStatus, List<SendStatusCount>> byStatus = new EnumMap<>(SendStatus.class);
		counts.forEach((count) -> byStatus.computeIfAbsent(count.status(), (status) -> new ArrayList<>()).add(count));
		List<SendStatusRow> rows = new ArrayList<>();
		byStatus.forEach((status, same) -> rows.add(new SendStatusRow(labels.status(status),
				same.stream().mapToLong(SendStatusCount::sends).sum(), reasons(same, labels))));
		return rows;
	}

	private static List<SendStatusRow.ReasonCount> reasons(List<SendStatusCount> counts, Labels labels) {
		List<SendStatusRow.ReasonCount> reasons = new ArrayList<>();
		for (SendStatusCount count : counts) {
			String reason = labels.reason(count.reason());
			if (reason != null) {
				reasons.add(new SendStatusRow.ReasonCount(reason, count.sends()));
			}
		}
		return reasons;
	}

}
