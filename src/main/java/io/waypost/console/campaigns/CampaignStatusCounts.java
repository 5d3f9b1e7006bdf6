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
import io.waypost.console.messages.SendStatusRows;
import io.waypost.console.overview.OverviewView;
import io.waypost.delivery.SendStatus;
import io.waypost.delivery.SendStatusCount;

/** The people of a campaign by where they stand, in the order of a message's life. */
final class CampaignStatusCounts {

	private static final Set<SendStatus> MOVING = Set.of(SendStatus.PLANNED, SendStatus.DEFERRED, SendStatus.CLEARED,
			SendStatus.FLAGGED, SendStatus.QUEUED, SendStatus.SUBMITTING);

	private static final Set<SendStatus> TAKEN = Set.of(SendStatus.ACCEPTED, SendStatus.DELIVERED, SendStatus.BOUNCED,
			SendStatus.COMPLAINED);

	private final Map<SendStatus, CampaignProgress.StatusCount> counts = new EnumMap<>(SendStatus.class);

	CampaignStatusCounts(CampaignProgress progress) {
		progress.counts().forEach((name, count) -> {
			if (count.people() > 0) {
				this.counts.put(SendStatus.valueOf(name.toUpperCase(Locale.ROOT)), count);
			}
		});
	}

	/** People nothing more happens to. */
	long completed() {
		return sum((status) -> !MOVING.contains(status));
	}

	/** Messages that a provider took. */
	long accepted() {
		return sum(TAKEN::contains);
	}

	List<OverviewView.SendStatusRow> funnel(Labels words) {
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
		return SendStatusRows.of(rows, words);
	}

	/** Each state as a part of a bar that is 100 wide. */
	List<CampaignView.BarPart> bar(long size, Labels words) {
		List<CampaignView.BarPart> parts = new ArrayList<>();
		double[] end = new double[1];
		this.counts.forEach((status, count) -> {
			double width = (size > 0) ? 100.0 * count.people() / size : 0;
			StatusView view = words.status(status);
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
