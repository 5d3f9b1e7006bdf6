package io.waypost.policy;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.InputExpression;
import org.camunda.bpm.model.dmn.instance.LiteralExpression;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.camunda.bpm.model.xml.ModelException;
import org.jspecify.annotations.Nullable;

/** Parses a decision table as the engine does, and every cell of it as FEEL. */
final class DecisionTableValidator {

	private static final String CELL_INPUT = "cellInput";

	private final CachingFeelEngine feel = new CachingFeelEngine();

	private final List<String> validate = new ArrayList<>();

	private DecisionTableValidator() {
	}

	static List<String> validate(String resource, byte[] dmn) {
		DmnModelInstance model;
		try {
			model = Dmn.readModelFromStream(new ByteArrayInputStream(dmn));
			FeelOnlyConfiguration.create().buildEngine().parseDecisions(model);
		}
		catch (ModelException | DmnEngineException ex) {
			return List.of("%s is not a decision table that the engine can parse: %s".formatted(resource, reason(ex)));
		}
		DecisionTableValidator check = new DecisionTableValidator();
		model.getModelElementsByType(Decision.class).forEach((decision) -> check.decision(resource, decision));
		return List.copyOf(check.validate);
	}

	private void decision(String resource, Decision decision) {
		if (!(decision.getExpression() instanceof DecisionTable table)) {
			String place = "%s, decision '%s'".formatted(resource, decision.getId());
			cells(decision.getChildElementsByType(LiteralExpression.class), LiteralExpression::getText, place,
					this.feel::parse);
			if (!GatingInvariant.of(decision.getId()).isEmpty()) {
				this.validate.add("%s: '%s' must be a decision table".formatted(resource, decision.getId()));
			}
			return;
		}
		for (Input input : table.getInputs()) {
			cells(input.getChildElementsByType(InputExpression.class), InputExpression::getText,
					"%s, table '%s', %s".formatted(resource, decision.getId(), input.getId()), this.feel::parse);
		}
		for (Rule rule : table.getRules()) {
			String place = "%s, table '%s', %s".formatted(resource, decision.getId(), rule.getId());
			cells(rule.getInputEntries(), InputEntry::getText, place, this::unaryTests);
			cells(rule.getOutputEntries(), OutputEntry::getText, place, this::expression);
		}
		if (!GatingInvariant.of(decision.getId()).isEmpty() && !decision.getInformationRequirements().isEmpty()) {
			this.validate.add("%s, table '%s': it must not require other decisions, which could replace its inputs"
				.formatted(resource, decision.getId()));
		}
		if (this.validate.isEmpty()) {
			GatingTableCheck.problems(decision.getId(), table)
				.forEach((problem) -> this.validate
					.add("%s, table '%s': %s".formatted(resource, decision.getId(), problem)));
		}
	}

	private <T extends DmnElement> void cells(Collection<T> cells, Function<T, @Nullable Text> text, String place,
			Consumer<String> read) {
		for (T cell : cells) {
			Text content = text.apply(cell);
			if (content == null || content.getTextContent().isBlank()) {
				continue;
			}
			try {
				read.accept(content.getTextContent());
			}
			catch (FeelException ex) {
				this.validate
					.add("%s: cell '%s' is not FEEL: %s".formatted(place, content.getTextContent(), reason(ex)));
			}
		}
	}

	private void unaryTests(String text) {
		this.feel.evaluateSimpleUnaryTests(text, CELL_INPUT, noVariables());
	}

	private void expression(String text) {
		this.feel.evaluateSimpleExpression(text, noVariables());
	}

	private static VariableContext noVariables() {
		return Variables.createVariables().putValue(CELL_INPUT, null).asVariableContext();
	}

	private static String reason(Throwable problem) {
		Throwable cause = problem;
		while (cause.getCause() != null && cause.getCause().getMessage() != null) {
			cause = cause.getCause();
		}
		return String.valueOf(cause.getMessage()).lines().findFirst().orElse("unknown");
	}

}
