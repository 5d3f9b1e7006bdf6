package io.waypost.agent.pii;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import io.waypost.agent.pii.LabelledTexts.Label;
import io.waypost.agent.pii.LabelledTexts.LabelledText;

/**
 * Recall and precision per type. A label is found when entities of its type cover at
 * least half of it. An entity is right when labels of its type cover at least half of it.
 */
final class DetectionScores {

	/** Types that a value may have as well: the notation alone does not tell. */
	private static final Map<String, Set<String>> SAME = Map.of("PERSON", Set.of("TITLE"), "TITLE", Set.of("PERSON"),
			"ADDRESS", Set.of("LOCATION", "UK_POSTCODE"), "LOCATION", Set.of("ADDRESS"));

	private final Map<String, Counts> byType = new TreeMap<>();

	private final List<String> errors = new ArrayList<>();

	static DetectionScores of(List<LabelledText> texts, Function<String, List<PersonalDataEntity>> detector) {
		DetectionScores scores = new DetectionScores();
		for (LabelledText text : texts) {
			scores.add(text,
					detector.apply(text.text())
						.stream()
						.map((entity) -> new Label(entity.type().name(), entity.start(), entity.end()))
						.filter((entity) -> text.only().isEmpty() || entity.type().equals(text.only()))
						.toList());
		}
		return scores;
	}

	private void add(LabelledText text, List<Label> found) {
		for (Label label : text.labels()) {
			Counts counts = counts(label.type());
			boolean hit = covered(label, found);
			counts.labels++;
			counts.hits += hit ? 1 : 0;
			if (!hit) {
				this.errors.add("missed " + describe(label, text));
			}
		}
		for (Label entity : found) {
			Counts counts = counts(entity.type());
			boolean right = covered(entity, text.labels());
			counts.entities++;
			counts.right += right ? 1 : 0;
			if (!right) {
				this.errors.add("wrong " + describe(entity, text));
			}
		}
	}

	private static boolean covered(Label label, List<Label> others) {
		Set<Integer> covered = new HashSet<>();
		for (Label other : others) {
			if (other.type().equals(label.type()) || SAME.getOrDefault(label.type(), Set.of()).contains(other.type())) {
				for (int i = Math.max(label.start(), other.start()); i < Math.min(label.end(), other.end()); i++) {
					covered.add(i);
				}
			}
		}
		return covered.size() * 2 >= label.end() - label.start();
	}

	private static String describe(Label label, LabelledText text) {
		return "%s '%s' in '%s'".formatted(label.type(), text.text().substring(label.start(), label.end()),
				text.text().replace("\n", "\\n"));
	}

	private Counts counts(String type) {
		return this.byType.computeIfAbsent(type, (key) -> new Counts());
	}

	/** Errors: what was missed and what is wrong. */
	List<String> errors() {
		return this.errors;
	}

	/** Scores of all structured types together. */
	Score structured() {
		return total((type) -> PersonalDataType.valueOf(type).isStructured());
	}

	/** Scores of all types together. */
	Score all() {
		return total((type) -> true);
	}

	private Score total(Function<String, Boolean> wanted) {
		Counts sum = new Counts();
		this.byType.forEach((type, counts) -> {
			if (wanted.apply(type)) {
				sum.add(counts);
			}
		});
		return sum.score();
	}

	/** A Markdown table, one type a line. */
	String table() {
		StringBuilder table = new StringBuilder("| type | labels | recall | precision | F2 |\n|---|---|---|---|---|\n");
		this.byType.forEach((type, counts) -> line(table, type, counts.labels, counts.score()));
		line(table, "structured", -1, structured());
		line(table, "all", -1, all());
		return table.toString();
	}

	private static void line(StringBuilder table, String name, int labels, Score score) {
		table.append(String.format(Locale.ROOT, "| %s | %s | %.3f | %.3f | %.3f |%n", name, (labels < 0) ? "" : labels,
				score.recall(), score.precision(), score.f2()));
	}

	private static final class Counts {

		private int labels;

		private int hits;

		private int entities;

		private int right;

		private void add(Counts other) {
			this.labels += other.labels;
			this.hits += other.hits;
			this.entities += other.entities;
			this.right += other.right;
		}

		private Score score() {
			return new Score((this.labels == 0) ? 1 : this.hits / (double) this.labels,
					(this.entities == 0) ? 1 : this.right / (double) this.entities);
		}

	}

	/** Recall and precision. */
	record Score(double recall, double precision) {

		double f2() {
			return (recall() + precision() == 0) ? 0 : 5 * recall() * precision() / (4 * precision() + recall());
		}

	}

}
