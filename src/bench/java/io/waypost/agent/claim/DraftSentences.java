package io.waypost.agent.claim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.agent.ShopFixture;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.phrase.SentenceSplitter;
import io.waypost.agent.write.ContentFacts;
import io.waypost.agent.write.DraftRequest;
import io.waypost.agent.write.RuleBasedWriter;
import io.waypost.content.EmailDraft;
import io.waypost.feature.LifecycleStage;

/**
 * Writes the sentences of drafts of the rule-based writer, which make no claim, to
 * {@code src/bench/claims/drafts-<language>.jsonl}. The argument is the folder of the
 * project.
 */
public final class DraftSentences {

	private static final int ROUNDS = 6;

	private final RuleBasedWriter writer = new RuleBasedWriter(new DraftScorer());

	private final Map<String, Set<String>> sentences = new TreeMap<>();

	private DraftSentences() {
	}

	/**
	 * Writes the files.
	 * @param arguments folder of the project
	 * @throws IOException if a file cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		DraftSentences drafts = new DraftSentences();
		for (int round = 0; round < ROUNDS; round++) {
			drafts.write(round * 10_000);
		}
		for (Map.Entry<String, Set<String>> language : drafts.sentences.entrySet()) {
			List<String> lines = new ArrayList<>();
			for (String sentence : language.getValue()) {
				Map<String, String> row = new LinkedHashMap<>();
				row.put("text", sentence);
				row.put("kind", "none");
				lines.add(new ObjectMapper().writeValueAsString(row));
			}
			Files.write(Path.of(arguments[0], "src/bench/claims/drafts-" + language.getKey() + ".jsonl"), lines);
		}
	}

	private void write(int firstSend) {
		List<String> goals = new ArrayList<>(this.writer.goals());
		goals.add("spring-letter");
		int send = firstSend;
		for (String goal : goals) {
			for (LifecycleStage stage : LifecycleStage.values()) {
				for (Locale locale : List.of(Locale.UK, Locale.GERMANY, Locale.FRANCE)) {
					for (int products : List.of(0, 1 + send % 2, 3 + send % 4)) {
						ContentFacts facts = ShopFixture.facts(products, goal.startsWith("cart"),
								(products > 0) ? "Home & Garden" : null, stage.ordinal() * 2L);
						send++;
						add(this.writer.write(new DraftRequest(goal, stage, "reminder", locale, facts, send, 1, null))
							.draft(), facts);
					}
				}
			}
		}
	}

	private void add(EmailDraft draft, ContentFacts facts) {
		List<String> texts = new ArrayList<>(
				List.of(draft.subject(), draft.preheader(), draft.headline(), draft.callToAction().label()));
		texts.addAll(draft.paragraphs());
		if (draft.closing() != null) {
			texts.add(draft.closing());
		}
		Set<String> own = this.sentences.computeIfAbsent(Locale.forLanguageTag(draft.locale()).getLanguage(),
				(language) -> new LinkedHashSet<>());
		for (String text : texts) {
			SentenceSplitter.split(text)
				.stream()
				.map((sentence) -> plain(sentence.text(), facts))
				.filter((sentence) -> !sentence.isEmpty())
				.forEach(own::add);
		}
	}

	/** Names vary from message to message. */
	private static String plain(String sentence, ContentFacts facts) {
		String plain = sentence.replace("{{ first_name }}", "Anna").replace("Home & Garden", "…");
		for (ContentFacts.ProductLine line : facts.lines()) {
			plain = plain.replace(line.product().name(), "…").replace(line.product().category(), "…");
		}
		return plain.strip();
	}

}
