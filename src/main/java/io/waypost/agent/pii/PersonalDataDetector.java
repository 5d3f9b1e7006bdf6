package io.waypost.agent.pii;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds personal data in texts. Safe for use by several threads. */
public final class PersonalDataDetector {

	/** Values that an e-mail may contain: its links, the dates of an offer. */
	private static final Set<PersonalDataType> ORDINARY = Set.of(PersonalDataType.URL, PersonalDataType.DATE_TIME);

	private final List<PersonalDataRecognizer> recognizers = Stream
		.concat(StructuredPatterns.ALL.stream(), Stream.of(new EmailRecognizer(), new IbanRecognizer(),
				new IpAddressRecognizer(), new PhoneRecognizer(), new DateRecognizer()))
		.toList();

	private final NameRecognizer names = new NameRecognizer();

	/**
	 * Finds values that must not occur in a message: identifiers with a notation of their
	 * own, but not links and dates.
	 * @param text any text
	 * @return the entities in the order of the text, without overlaps
	 */
	public List<PersonalDataEntity> identifiers(String text) {
		ScannedText scanned = ScannedText.of(text);
		if (!scanned.hasDigits(2) && !scanned.hasAt() && !scanned.hasColons(2) && !EmailRecognizer.maybeWorded(text)) {
			return List.of();
		}
		return structured(scanned).stream()
			.filter((entity) -> !ORDINARY.contains(entity.type()) && entity.score() >= PatternRecognizer.LIKELY)
			.toList();
	}

	/**
	 * Finds personal data of all kinds.
	 * @param text any text
	 * @param locale language of the text
	 * @return the entities in the order of the text, without overlaps
	 */
	public List<PersonalDataEntity> find(String text, Locale locale) {
		ScannedText scanned = ScannedText.of(text);
		List<PersonalDataEntity> found = new ArrayList<>(structured(scanned));
		this.names.find(scanned, found);
		return withoutOverlaps(found);
	}

	private List<PersonalDataEntity> structured(ScannedText text) {
		List<PersonalDataEntity> found = new ArrayList<>();
		for (PersonalDataRecognizer recognizer : this.recognizers) {
			recognizer.find(text, found);
		}
		return withoutOverlaps(found);
	}

	/** Keeps the more certain one of two overlapping entities, then the longer one. */
	static List<PersonalDataEntity> withoutOverlaps(List<PersonalDataEntity> found) {
		if (found.size() < 2) {
			return List.copyOf(found);
		}
		List<PersonalDataEntity> kept = new ArrayList<>(found.size());
		found.stream()
			.sorted(Comparator.comparingDouble(PersonalDataEntity::score)
				.thenComparingInt((entity) -> entity.end() - entity.start())
				.reversed())
			.filter((entity) -> kept.stream()
				.noneMatch((other) -> entity.start() < other.end() && other.start() < entity.end()))
			.forEachOrdered(kept::add);
		kept.sort(Comparator.comparingInt(PersonalDataEntity::start));
		return List.copyOf(kept);
	}

}
