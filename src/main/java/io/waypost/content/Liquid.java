package io.waypost.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

import jakarta.annotation.PreDestroy;
import liqp.Template;
import liqp.TemplateParser;
import liqp.exceptions.LiquidException;

import org.springframework.stereotype.Component;

/**
 * Liquid for what users write. Texts are parsed once; rendering is bounded in loops, time
 * and size, reads nothing but the slots and includes no files.
 */
@Component
class Liquid {

	private final TemplateParser parser;

	private final int maxSourceLength;

	private final ExecutorService watchdog;

	private final Map<String, Template> parsed;

	Liquid(ContentSettings settings) {
		this.maxSourceLength = Math.toIntExact(settings.maxTemplateSize().toBytes());
		this.parser = new TemplateParser.Builder().withMaxTemplateSizeBytes(settings.maxTemplateSize().toBytes() * 4)
			.withMaxSizeRenderedString(Math.toIntExact(settings.maxRenderedSize().toBytes()))
			.withMaxIterations(settings.maxIterations())
			.withMaxRenderTimeMillis(settings.maxRenderTime().toMillis())
			.withNameResolver((name) -> {
				throw new LiquidProblem("templates cannot include files");
			})
			.build();
		this.watchdog = Executors.newCachedThreadPool(threads());
		this.parsed = new LeastRecentlyUsed<>(settings.parsedTemplates());
	}

	/**
	 * Renders a text.
	 * @param source Liquid
	 * @param slots plain strings, numbers, lists and maps
	 * @return what it says
	 * @throws LiquidProblem when it does not parse or goes beyond its bounds
	 */
	String render(String source, Map<String, Object> slots) {
		Template template = parse(source);
		try {
			return template.render(new LinkedHashMap<>(slots), this.watchdog, false);
		}
		catch (RuntimeException problem) {
			throw new LiquidProblem(rootMessage(problem), problem);
		}
	}

	/**
	 * Says what is wrong with a text.
	 * @param source Liquid
	 * @return sentences for its author, empty when it is fine
	 */
	List<String> problems(String source) {
		try {
			LiquidReferences references = LiquidReferences.of(parse(source).getParseTree());
			List<String> problems = new ArrayList<>();
			references.slots()
				.stream()
				.filter((slot) -> !TemplateSlots.NAMES.contains(slot))
				.forEach((slot) -> problems.add("unknown slot '%s'; known slots are %s".formatted(slot,
						String.join(", ", TemplateSlots.NAMES.stream().sorted().toList()))));
			references.filters()
				.stream()
				.filter((filter) -> !this.parser.filters.getMap().containsKey(filter))
				.forEach((filter) -> problems.add("unknown filter '%s'".formatted(filter)));
			references.forbiddenTags()
				.forEach((tag) -> problems.add("tag '%s' is not available: a template stands alone".formatted(tag)));
			return problems;
		}
		catch (LiquidProblem problem) {
			return List.of(String.valueOf(problem.getMessage()));
		}
	}

	/** The slots a text asks for. */
	Set<String> slots(String source) {
		return LiquidReferences.of(parse(source).getParseTree()).slots();
	}

	@PreDestroy
	void close() {
		this.watchdog.shutdownNow();
	}

	private Template parse(String source) {
		if (source.length() > this.maxSourceLength) {
			throw new LiquidProblem(
					"is %d characters long; %d are allowed".formatted(source.length(), this.maxSourceLength));
		}
		synchronized (this.parsed) {
			return this.parsed.computeIfAbsent(source, this::parseAnew);
		}
	}

	private Template parseAnew(String source) {
		try {
			return this.parser.parse(source);
		}
		catch (LiquidException problem) {
			throw new LiquidProblem("line %d, character %d: %s".formatted(problem.line, problem.charPositionInLine + 1,
					problem.getMessage()), problem);
		}
		catch (RuntimeException problem) {
			throw new LiquidProblem(rootMessage(problem), problem);
		}
	}

	private static ThreadFactory threads() {
		return Thread.ofPlatform().daemon().name("liquid-", 0).factory();
	}

	private static String rootMessage(Throwable problem) {
		Throwable root = problem;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String message = root.getMessage();
		return (message != null) ? message : "took too long or went wrong: " + root.getClass().getSimpleName();
	}

}
