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

import io.waypost.agent.AgentFailedException;
import io.waypost.agent.AgentSettings;
import io.waypost.agent.ContentBrief;
import io.waypost.agent.write.TemplateSelector;
import io.waypost.database.TenantScope;
import io.waypost.feature.FeatureStore;
import io.waypost.feature.Features;
import io.waypost.identity.Profile;
import io.waypost.identity.Profiles;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Builds the archetypes of a campaign's audience. */
@Component
public class Archetypes {

	/**
	 * The whole audience is read before the first message is sent, so use several cores.
	 */
	private static final int READERS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

	private static final ThreadFactory READER = Thread.ofPlatform().name("archetype-reader-", 0).daemon().factory();

	private final Profiles profiles;

	private final FeatureStore features;

	private final TemplateSelector templateSelector;

	private final AgentSettings settings;

	Archetypes(Profiles profiles, FeatureStore features, TemplateSelector templateSelector, AgentSettings settings) {
		this.profiles = profiles;
		this.features = features;
		this.templateSelector = templateSelector;
		this.settings = settings;
	}

	/**
	 * Partitions an audience by {@link Archetype#DEFINITION}. Archetypes that are too
	 * small are merged; there are at most {@code min(96, 0.136 N)}. The result does not
	 * depend on the order of the profiles. Runs two statements per batch, several batches
	 * in parallel, outside the caller's transaction.
	 * @param tenant the tenant
	 * @param brief the content brief
	 * @param people the audience in batches of 500 to 5,000 profiles
	 * @return the archetypes in the order of their keys, none without recipients; empty
	 * for an empty audience
	 * @throws AgentFailedException when there is no such template
	 */
	public List<Archetype> partition(TenantId tenant, ContentBrief brief, Iterable<List<ProfileId>> people) {
		ArchetypeAssigner assigner = new ArchetypeAssigner(tenant, brief, this.templateSelector, this.settings);
		ProfileCounts all = new ProfileCounts();
		try (ExecutorService readers = Executors.newFixedThreadPool(READERS, READER)) {
			List<CompletableFuture<ProfileCounts>> counts = new ArrayList<>();
			people.forEach((batch) -> counts.add(CompletableFuture
				.supplyAsync(() -> TenantScope.of(tenant, () -> count(tenant, assigner, batch)), readers)));
			gather(counts, all, readers);
		}
		catch (CompletionException failed) {
			throw (failed.getCause() instanceof AgentFailedException known) ? known : failed;
		}
		return partition(all.people, all.locales);
	}

	/**
	 * After a failure the remaining batches are cancelled; closing would wait for them.
	 */
	private static void gather(List<CompletableFuture<ProfileCounts>> counts, ProfileCounts all,
			ExecutorService readers) {
		try {
			counts.forEach((count) -> all.add(count.join()));
		}
		catch (CompletionException failed) {
			readers.shutdownNow();
			throw failed;
		}
	}

	private ProfileCounts count(TenantId tenant, ArchetypeAssigner assigner, List<ProfileId> batch) {
		Map<ProfileId, Profile> profiles = this.profiles.read(tenant, batch);
		Map<ProfileId, Features> features = this.features.online(tenant, batch);
		ProfileCounts count = new ProfileCounts();
		for (ProfileId person : batch) {
			Profile profile = profiles.get(person);
			count.add(assigner.key(profile, Objects.requireNonNull(features.get(person))),
					assigner.locale(profile).toLanguageTag(), 1);
		}
		return count;
	}

	/**
	 * Profiles with a less frequent category are counted under a key without category.
	 */
	private static List<Archetype> partition(Map<ArchetypeKey, Integer> counted,
			Map<ArchetypeKey, Map<String, Integer>> locales) {
		Map<ArchetypeKey, Map<ArchetypeKey, Integer>> parts = ArchetypePartitioner.partition(counted);
		Map<ArchetypeKey, Map<String, Integer>> localeCounts = new HashMap<>();
		locales.forEach((key, tags) -> ArchetypePartitioner.assign(key, parts.keySet())
			.ifPresent((archetype) -> tags
				.forEach((tag, count) -> localeCounts.computeIfAbsent(archetype, (any) -> new HashMap<>())
					.merge(tag, count, Integer::sum))));
		List<Archetype> archetypes = new ArrayList<>();
		parts.forEach((archetype,
				keys) -> archetypes.add(new Archetype(archetype.toString(), mostFrequent(localeCounts.get(archetype)),
						keys.values().stream().mapToInt(Integer::intValue).sum(),
						ArchetypePartitioner.mergedKeys(archetype, keys))));
		return archetypes;
	}

	private static String mostFrequent(@Nullable Map<String, Integer> localeCounts) {
		if (localeCounts == null) {
			return "en";
		}
		return localeCounts.entrySet()
			.stream()
			.max(Map.Entry.<String, Integer>comparingByValue()
				.thenComparing(Map.Entry.<String, Integer>comparingByKey().reversed()))
			.map(Map.Entry::getKey)
			.orElse("en");
	}

	/** Number of profiles by key, and their preferred locales. */
	private static final class ProfileCounts {

		private final Map<ArchetypeKey, Integer> people = new HashMap<>();

		private final Map<ArchetypeKey, Map<String, Integer>> locales = new HashMap<>();

		private void add(ArchetypeKey key, String locale, int count) {
			this.people.merge(key, count, Integer::sum);
			this.locales.computeIfAbsent(key, (any) -> new HashMap<>()).merge(locale, count, Integer::sum);
		}

		private void add(ProfileCounts others) {
			others.locales
				.forEach((key, localeCounts) -> localeCounts.forEach((locale, count) -> add(key, locale, count)));
		}

	}

}
