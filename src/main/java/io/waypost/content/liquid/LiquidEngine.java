package io.waypost.content.liquid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

import io.waypost.content.ContentSettings;
import io.waypost.content.cache.LruCache;
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
public class LiquidEngine {

	private final TemplateParser parser;

	private final int maxSourceLength;

	private final ExecutorService watchdog;

	private final Map<String, Template> parsed;

	LiquidEngine(ContentSettings settings) {
		this.maxSourceLength = Math.toIntExact(settings.maxTemplateSize().toBytes());
		this.parser = new TemplateParser.Builder().withMaxTemplateSizeBytes(settings.maxTemplateSize().toBytes() * 4)
			.withMaxSizeRenderedString(Math.toIntExact(settings.maxRenderedSize().toBytes()))
			.withMaxIterations(settings.maxIterations())
			.withMaxRenderTimeMillis(settings.maxRenderTime().toMillis())
			.withNameResolver((name) -> {
				throw new LiquidError("templates cannot include files");
			})
			.build();
		this.watchdog = Executors.newCachedThreadPool(threads());
		this.parsed = new LruCache<>(settings.parsedTemplates());
	}

	/**
	 * Renders a text.
	 * @param source Liquid
	 * @param slots plain strings, numbers, lists and maps
	 * @return what it says
	 * @throws LiquidError when it does not parse or goes beyond its bounds
	 */
	public String render(String source, Map<String, Object> slots) {
		Template template = parse(source);
		try {
			return template.render(new LinkedHashMap<>(slots), this.watchdog, false);
		}
		catch (RuntimeException problem) {
			throw new LiquidError(rootMessage(problem), problem);
		}
	}

	/**
	 * Says what is wrong with a text.
	 * @param source Liquid
	 * @return sentences for its author, empty when it is fine
	 */
	public List<String> problems(String source) {
		try {
			LiquidReferences references = LiquidReferences.of(parse(source).getParseTree());
			List<String> problems = new ArrayList<>();
			references.mergeTags()
				.stream()
				.filter((slot) -> !MergeTags.NAMES.contains(slot))
				.forEach((slot) -> problems.add("unknown slot '%s'; known slots are %s".formatted(slot,
						String.join(", ", MergeTags.NAMES.stream().sorted().toList()))));
			references.filters()
				.stream()
				.filter((filter) -> !this.parser.filters.getMap().containsKey(filter))
				.forEach((filter) -> problems.add("unknown filter '%s'".formatted(filter)));
			references.forbiddenTags()
				.forEach((tag) -> problems.add("tag '%s' is not available: a template stands alone".formatted(tag)));
			return problems;
		}
		catch (LiquidError problem) {
			return List.of(String.valueOf(problem.getMessage()));
		}
	}

	/** The slots a text asks for. */
	public Set<String> mergeTags(String source) {
		return LiquidReferences.of(parse(source).getParseTree()).mergeTags();
	}

	@PreDestroy
	void close() {
		this.watchdog.shutdownNow();
	}

	private Template parse(String source) {
		if (source.length() > this.maxSourceLength) {
			throw new LiquidError(
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
			throw new LiquidError("line %d, character %d: %s".formatted(problem.line, problem.charPositionInLine + 1,
					problem.getMessage()), problem);
		}
		catch (RuntimeException problem) {
			throw new LiquidError(rootMessage(problem), problem);
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
