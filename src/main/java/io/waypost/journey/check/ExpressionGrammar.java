package io.waypost.journey.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The expressions that a model may use: variables and their properties, literals,
 * comparisons and logical operators. Calls, indexes, assignments, arithmetic, the engine
 * and beans are not allowed.
 */
final class ExpressionGrammar {

	/** Modeler writes this expression to pass the business key to a called process. */
	private static final String BUSINESS_KEY = "execution.processBusinessKey";

	private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)"
			+ "|(?<number>-?\\d+(?:\\.\\d+)?)|(?<text>'[^'\\\\]*'|\"[^\"\\\\]*\")"
			+ "|(?<operator>==|!=|<=|>=|<|>|&&|\\|\\||!)|(?<open>\\()|(?<close>\\))|(?<dot>\\.))");

	private static final Set<String> OPERATORS = Set.of("and", "or", "not", "empty", "eq", "ne", "lt", "gt", "le",
			"ge");

	private static final Set<String> FORBIDDEN_NAMES = Set.of("execution", "task", "class", "instanceof", "div", "mod",
			"externalTask", "caseExecution", "authenticatedUserId", "processEngine", "applicationContext");

	private ExpressionGrammar() {
	}

	/** Whether the engine would evaluate the text. */
	static boolean isExpression(String text) {
		return text.contains("${") || text.contains("#{");
	}

	/**
	 * Finds the problem of a text that may contain expressions.
	 * @return empty when it is safe
	 */
	static Optional<String> problem(String text) {
		int at = begin(text, 0);
		while (at >= 0) {
			int end = text.indexOf('}', at);
			if (end < 0) {
				return Optional.of("the expression '%s' is not closed".formatted(text.strip()));
			}
			Optional<String> problem = inside(text.substring(at + 2, end).strip());
			if (problem.isPresent()) {
				return problem.map((detail) -> "the expression '%s' %s; only variables, their properties, comparisons "
					.formatted(text.strip(), detail) + "and logical operators are allowed");
			}
			at = begin(text, end);
		}
		return Optional.empty();
	}

	private static int begin(String text, int from) {
		int dollar = text.indexOf("${", from);
		int hash = text.indexOf("#{", from);
		return (dollar < 0 || hash < 0) ? Math.max(dollar, hash) : Math.min(dollar, hash);
	}

	private static Optional<String> inside(String expression) {
		if (expression.equals(BUSINESS_KEY)) {
			return Optional.empty();
		}
		Matcher token = TOKEN.matcher(expression);
		String previous = "";
		int at = 0;
		while (at < expression.length()) {
			if (!token.find(at) || token.start() != at) {
				return Optional.of("uses '%s'".formatted(expression.charAt(at)));
			}
			Optional<String> problem = step(previous, token);
			if (problem.isPresent()) {
				return problem;
			}
			previous = kind(token);
			at = token.end();
		}
		return (expression.isEmpty() || previous.equals("dot")) ? Optional.of("is not complete") : Optional.empty();
	}

	private static Optional<String> step(String previous, Matcher token) {
		String name = token.group("name");
		if (token.group("open") != null && previous.equals("name")) {
			return Optional.of("contains a method call");
		}
		if (token.group("dot") != null && !previous.equals("name")) {
			return Optional.of("accesses a property of a value that is not a variable");
		}
		if (previous.equals("dot") && name == null) {
			return Optional.of("ends with a dot");
		}
		if (name != null && (FORBIDDEN_NAMES.contains(name) || KnownBeans.ALL.contains(name))) {
			return Optional.of("uses '%s'".formatted(name));
		}
		return Optional.empty();
	}

	private static String kind(Matcher token) {
		String name = token.group("name");
		if (name != null) {
			return OPERATORS.contains(name) ? "operator" : "name";
		}
		return List.of("dot", "open", "close")
			.stream()
			.filter((kind) -> token.group(kind) != null)
			.findFirst()
			.orElse("");
	}

}
