package io.waypost.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;

/** The texts that the rules of a table name in one of their input columns. */
final class InputColumnLiterals {

	private static final Pattern TEXTS = Pattern.compile("\\s*\"[^\"]*\"(?:\\s*,\\s*\"[^\"]*\")*\\s*");

	private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

	private static final int MAX_COLUMNS = 1_000;

	private final DecisionTableSource source;

	private final Cache<String, Optional<Set<String>>> known = Caffeine.newBuilder().maximumSize(MAX_COLUMNS).build();

	InputColumnLiterals(DecisionTableSource source) {
		this.source = source;
	}

	Optional<Set<String>> of(DeployedDecisionTable table, String input) {
		String key = table.definitionId() + '/' + input;
		Optional<Set<String>> texts = this.known.getIfPresent(key);
		if (texts == null) {
			texts = read(table, input);
			this.known.put(key, texts);
		}
		return texts;
	}

	private Optional<Set<String>> read(DeployedDecisionTable table, String input) {
		try (InputStream file = this.source.model(table)) {
			DmnModelInstance model = Dmn.readModelFromStream(file);
			return model.getModelElementsByType(DecisionTable.class)
				.stream()
				.filter((candidate) -> table.key().equals(candidate.getParentElement().getAttributeValue("id")))
				.findFirst()
				.flatMap((candidate) -> texts(candidate, input));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns empty if a cell is empty or not a list of texts, because then any text
	 * might match.
	 */
	private static Optional<Set<String>> texts(DecisionTable table, String input) {
		int column = column(table, input);
		Set<String> texts = new TreeSet<>();
		for (Rule rule : table.getRules()) {
			List<InputEntry> cells = new ArrayList<>(rule.getInputEntries());
			String cell = (column >= 0) ? cells.get(column).getTextContent() : "";
			if (!TEXTS.matcher(cell).matches()) {
				return Optional.empty();
			}
			Matcher matcher = TEXT.matcher(cell);
			while (matcher.find()) {
				texts.add(matcher.group(1));
			}
		}
		return Optional.of(Set.copyOf(texts));
	}

	private static int column(DecisionTable table, String input) {
		List<Input> inputs = new ArrayList<>(table.getInputs());
		for (int column = 0; column < inputs.size(); column++) {
			if (input.equals(inputs.get(column).getInputExpression().getText().getTextContent().strip())) {
				return column;
			}
		}
		return -1;
	}

}
