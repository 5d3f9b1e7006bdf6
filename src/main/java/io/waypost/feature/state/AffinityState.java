package io.waypost.feature.state;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/** Decayed interest by product category. */
public final class AffinityState {

	/**
	 * Maximum number of categories. Above it, categories are sampled by hash, so the
	 * result does not depend on the order of events.
	 */
	static final int MAX_CATEGORIES = 128;

	/** Smoothing in views: one view gives a share of 0.25, ten give 0.77. */
	private static final double PRIOR = 3;

	private static final double MIN_SHARE = 0.01;

	private static final int MAX_SHARES = 10;

	private static final int MAX_CATEGORY_LENGTH = 64;

	private final TreeMap<String, DecayedSum> byCategory = new TreeMap<>();

	private long newest;

	void add(JsonNode product, long at, int weight) {
		String category = EventProperties.text(product, MAX_CATEGORY_LENGTH, "category");
		if (category != null) {
			this.byCategory.computeIfAbsent(category, (key) -> new DecayedSum()).add(at, weight);
			this.newest = Math.max(this.newest, at);
			sample();
		}
	}

	void addAll(JsonNode products, long at, int weight) {
		for (JsonNode product : products) {
			add(product, at, weight);
		}
	}

	void merge(AffinityState other) {
		other.byCategory.forEach(
				(category, sum) -> this.byCategory.computeIfAbsent(category, (key) -> new DecayedSum()).merge(sum));
		this.newest = Math.max(this.newest, other.newest);
		sample();
	}

	/**
	 * Computes smoothed shares: {@code share = sum / (total + 3)}. Little data gives low
	 * affinity.
	 * @return the ten highest shares of at least 0.01, highest first
	 */
	public Map<String, Double> sharesAt(Instant moment) {
		Map<String, Double> sums = new TreeMap<>();
		this.byCategory.forEach((category, sum) -> sums.put(category, sum.at(moment)));
		double total = PRIOR;
		for (double sum : sums.values()) {
			total += sum;
		}
		double whole = total;
		sums.replaceAll((category, sum) -> sum / whole);
		Map<String, Double> shares = new LinkedHashMap<>();
		sums.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() >= MIN_SHARE)
			.sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
				.thenComparing(Map.Entry.comparingByKey()))
			.limit(MAX_SHARES)
			.forEach((entry) -> shares.put(entry.getKey(), entry.getValue()));
		return shares;
	}

	/** Time of the newest event of the view, 0 if there is none. */
	public long newest() {
		return this.newest;
	}

	void write(StateWriter out) {
		out.number(this.byCategory.size());
		if (!this.byCategory.isEmpty()) {
			out.number(this.newest);
		}
		this.byCategory.forEach((category, sum) -> {
			out.text(category);
			sum.write(out);
		});
	}

	static AffinityState read(StateReader in) {
		AffinityState state = new AffinityState();
		int categories = in.count(MAX_CATEGORIES);
		state.newest = (categories > 0) ? in.number() : 0;
		for (int index = 0; index < categories; index++) {
			state.byCategory.put(in.requireText(), DecayedSum.read(in));
		}
		return state;
	}

	private void sample() {
		while (this.byCategory.size() > MAX_CATEGORIES) {
			String dropped = this.byCategory.keySet()
				.stream()
				.max(Comparator.comparingInt(AffinityState::rank).thenComparing(Comparator.naturalOrder()))
				.orElseThrow();
			this.byCategory.remove(dropped);
		}
	}

	/** Distributes the bits of String.hashCode, which is specified. */
	private static int rank(String category) {
		return category.hashCode() * 0x9E3779B9;
	}

}
