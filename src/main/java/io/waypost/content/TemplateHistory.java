package io.waypost.content;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * All versions of a template.
 *
 * @param key key of the template
 * @param live number of the live version by language
 * @param versions newest first, at least one
 */
public record TemplateHistory(String key, Map<String, Integer> live, List<TemplateVersion> versions) {

	public TemplateHistory {
		versions = List.copyOf(versions);
	}

	static TemplateHistory of(String key, List<TemplateVersion> versions) {
		Map<String, Integer> live = new TreeMap<>();
		versions.stream()
			.filter(TemplateVersion::live)
			.forEach((version) -> live.put(version.template().locale(), version.template().version()));
		return new TemplateHistory(key, live, versions);
	}

	/** Collects versions that are sorted by key, newest first. */
	static Collector<TemplateVersion, ?, List<TemplateHistory>> byKey() {
		return Collectors.collectingAndThen(
				Collectors.groupingBy((version) -> version.template().key(), TreeMap::new, Collectors.toList()),
				(byKey) -> byKey.entrySet().stream().map((entry) -> of(entry.getKey(), entry.getValue())).toList());
	}

	/**
	 * Finds a version.
	 * @param number the version number
	 * @return the version, empty when there is none
	 */
	public Optional<TemplateVersion> version(int number) {
		return this.versions.stream().filter((version) -> version.template().version() == number).findFirst();
	}

	/**
	 * Finds the live version that approval of another version would replace.
	 * @param version a version of this template
	 * @return the live version in the same language, empty when there is none or when it
	 * is the given version
	 */
	public Optional<TemplateVersion> replacedVersion(TemplateVersion version) {
		return this.versions.stream()
			.filter((other) -> other.live() && other.template().locale().equals(version.template().locale())
					&& other.template().version() != version.template().version())
			.findFirst();
	}

	/**
	 * Chooses the version to compare a version with.
	 * @param version a version of this template
	 * @return the version that it would replace, else the next older one of the same
	 * language, else the next older one
	 */
	public Optional<TemplateVersion> before(TemplateVersion version) {
		List<TemplateVersion> older = this.versions.stream()
			.filter((other) -> other.template().version() < version.template().version())
			.toList();
		return replacedVersion(version)
			.or(() -> older.stream()
				.filter((other) -> other.template().locale().equals(version.template().locale()))
				.findFirst())
			.or(() -> older.stream().findFirst());
	}

}
