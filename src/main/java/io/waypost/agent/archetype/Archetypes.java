package io.waypost.agent.archetype;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

import io.waypost.agent.AgentFailed;
import io.waypost.agent.AgentSettings;
import io.waypost.agent.ContentBrief;
import io.waypost.agent.write.TemplateSelector;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Divides an audience into archetypes: people who share words. */
@Component
public class Archetypes {

	/** Everybody is read before anybody is written to: no core should wait meanwhile. */
	private static final int READERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

	private static final ThreadFactory READER = Thread.ofPlatform().name("archetype-reader-", 0).daemon().factory();

	private final Profiles profiles;

	private final FeatureStore features;

	private final TemplateSelector wording;

	private final AgentSettings settings;

	Archetypes(Profiles profiles, FeatureStore features, TemplateSelector wording, AgentSettings settings) {
		this.profiles = profiles;
		this.features = features;
		this.wording = wording;
		this.settings = settings;
	}

	/**
	 * Divides people by {@link ArchetypeCell#DEFINITION}. Cells that are too small are
	 * merged upward, and there are never more than {@code min(96, 0.136 N)} of them. The
	 * division does not depend on the order of people. Two statements for each batch,
	 * several batches at a time and outside the caller's transaction.
	 * @param tenant whose people
	 * @param brief what they are to be told
	 * @param people everybody, in batches of 500 to 5,000
	 * @return the cells by key, none without people; empty for nobody
	 * @throws AgentFailed when there is no such template
	 */
	public List<ArchetypeCell> cells(TenantId tenant, ContentBrief brief, Iterable<List<ProfileId>> people) {
		ArchetypeAssigner placement = new ArchetypeAssigner(tenant, brief, this.wording, this.settings);
		Headcount all = new Headcount();
		try (ExecutorService readers = Executors.newFixedThreadPool(READERS, READER)) {
			List<CompletableFuture<Headcount>> counts = new ArrayList<>();
			people.forEach((batch) -> counts
				.add(CompletableFuture.supplyAsync(() -> count(tenant, placement, batch), readers)));
			gather(counts, all, readers);
		}
		catch (CompletionException failed) {
			throw (failed.getCause() instanceof AgentFailed known) ? known : failed;
		}
		return cells(all.people, all.locales);
	}

	/** What fails is not followed by reading all others: closing would wait for them. */
	private static void gather(List<CompletableFuture<Headcount>> counts, Headcount all, ExecutorService readers) {
		try {
			counts.forEach((count) -> all.add(count.join()));
		}
		catch (CompletionException failed) {
			readers.shutdownNow();
			throw failed;
		}
	}

	private Headcount count(TenantId tenant, ArchetypeAssigner placement, List<ProfileId> batch) {
		Map<ProfileId, Profile> known = this.profiles.read(tenant, batch);
		Map<ProfileId, Features> features = this.features.online(tenant, batch);
		Headcount count = new Headcount();
		for (ProfileId person : batch) {
			Profile profile = known.get(person);
			count.add(placement.key(profile, Objects.requireNonNull(features.get(person))),
					placement.locale(profile).toLanguageTag(), 1);
		}
		return count;
	}

	/** People whose category is none of the top ones are counted under a wider key. */
	private static List<ArchetypeCell> cells(Map<ArchetypeKey, Integer> counted,
			Map<ArchetypeKey, Map<String, Integer>> locales) {
		Map<ArchetypeKey, Map<ArchetypeKey, Integer>> parts = ArchetypePartitioner.partition(counted);
		Map<ArchetypeKey, Map<String, Integer>> spoken = new HashMap<>();
		locales.forEach((key, tags) -> ArchetypePartitioner.assign(key, parts.keySet())
			.ifPresent((cell) -> tags.forEach((tag, count) -> spoken.computeIfAbsent(cell, (any) -> new HashMap<>())
				.merge(tag, count, Integer::sum))));
		List<ArchetypeCell> cells = new ArrayList<>();
		parts.forEach((cell,
				keys) -> cells.add(new ArchetypeCell(cell.toString(), most(spoken.get(cell)),
						keys.values().stream().mapToInt(Integer::intValue).sum(),
						ArchetypePartitioner.mergedKeys(cell, keys))));
		return cells;
	}

	private static String most(@Nullable Map<String, Integer> spoken) {
		if (spoken == null) {
			return "en";
		}
		return spoken.entrySet()
			.stream()
			.max(Map.Entry.<String, Integer>comparingByValue()
				.thenComparing(Map.Entry.<String, Integer>comparingByKey().reversed()))
			.map(Map.Entry::getKey)
			.orElse("en");
	}

	/** How many people have which key, and which languages they prefer. */
	private static final class Headcount {

		private final Map<ArchetypeKey, Integer> people = new HashMap<>();

		private final Map<ArchetypeKey, Map<String, Integer>> locales = new HashMap<>();

		private void add(ArchetypeKey key, String locale, int count) {
			this.people.merge(key, count, Integer::sum);
			this.locales.computeIfAbsent(key, (any) -> new HashMap<>()).merge(locale, count, Integer::sum);
		}

		private void add(Headcount others) {
			others.locales.forEach((key, spoken) -> spoken.forEach((locale, count) -> add(key, locale, count)));
		}

	}

}
