package io.waypost.console.campaigns;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.waypost.campaign.CampaignProgress;
import io.waypost.console.Labels;
import io.waypost.console.StatusView;
import io.waypost.console.messages.SendStatusRow;
import io.waypost.console.messages.SendStatusRows;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SendStatusCount;

/** Recipients of a campaign by status, in the order of a message's lifecycle. */
final class CampaignStatusCounts {

	private static final Set<SendStatus> UNFINISHED = Set.of(SendStatus.PLANNED, SendStatus.DEFERRED,
			SendStatus.CLEARED, SendStatus.FLAGGED, SendStatus.QUEUED, SendStatus.SUBMITTING);

	private static final Set<SendStatus> ACCEPTED = Set.of(SendStatus.ACCEPTED, SendStatus.DELIVERED,
			SendStatus.BOUNCED, SendStatus.COMPLAINED);

	private final Map<SendStatus, CampaignProgress.StatusCount> counts = new EnumMap<>(SendStatus.class);

	CampaignStatusCounts(CampaignProgress progress) {
		progress.counts().forEach((name, count) -> {
			if (count.people() > 0) {
				this.counts.put(SendStatus.valueOf(name.toUpperCase(Locale.ROOT)), count);
			}
		});
	}

	/** Counts recipients whose status is final. */
	long completed() {
		return sum((status) -> !UNFINISHED.contains(status));
	}

	/** Counts messages that a provider accepted. */
	long accepted() {
		return sum(ACCEPTED::contains);
	}

	List<SendStatusRow> funnel(Labels labels) {
		List<SendStatusCount> rows = new ArrayList<>();
		this.counts.forEach((status, count) -> {
			long named = count.reasons().values().stream().mapToLong(Long::longValue).sum();
			count.reasons()
				.entrySet()
				.stream()
				.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
				.forEach((reason) -> rows.add(new SendStatusCount(status, reason.getKey(), reason.getValue())));
			if (count.people() > named) {
				rows.add(new SendStatusCount(status, null, count.people() - named));
			}
		});
		return SendStatusRows.of(rows, labels);
	}

	/** Makes a bar of width 100 with a part per status. */
	List<CampaignView.BarPart> bar(long size, Labels labels) {
		List<CampaignView.BarPart> parts = new ArrayList<>();
		double[] end = new double[1];
		this.counts.forEach((status, count) -> {
			double width = (size > 0) ? 100.0 * count.people() / size : 0;
			StatusView view = labels.status(status);
			parts.add(new CampaignView.BarPart(view.name(), (status == SendStatus.PLANNED) ? "none" : view.tone(),
					count.people(), end[0], width));
			end[0] += width;
		});
		return parts;
	}

	private long sum(Predicate<SendStatus> wanted) {
		return this.counts.entrySet()
			.stream()
			.filter((entry) -> wanted.test(entry.getKey()))
			.mapToLong((entry) -> entry.getValue().people())
			.sum();
	}

}
