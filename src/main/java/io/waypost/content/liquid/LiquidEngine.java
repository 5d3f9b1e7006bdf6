package io.waypost.content.liquid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import liqp.Template;
import liqp.TemplateParser;
import liqp.exceptions.LiquidException;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Renders Liquid texts of users. Parsed texts are cached. Rendering is limited in
 * iterations, time and size; it reads only the given values and includes no files.
 */
@Component
@EnableConfigurationProperties(LiquidSettings.class)
public class LiquidEngine {

	private final TemplateParser parser;

	private final int maxSourceLength;

	private final ExecutorService watchdog;

	private final Cache<String, Template> parsed;

	LiquidEngine(LiquidSettings settings) {
		this.maxSourceLength = Math.toIntExact(settings.maxTemplateSize().toBytes());
		this.parser = new TemplateParser.Builder().withMaxTemplateSizeBytes(settings.maxTemplateSize().toBytes() * 4)
			.withMaxSizeRenderedString(Math.toIntExact(settings.maxRenderedSize().toBytes()))
			.withMaxIterations(settings.maxIterations())
			.withMaxRenderTimeMillis(settings.maxRenderTime().toMillis())
			.withNameResolver((name) -> {
				throw new LiquidTemplateException("templates cannot include files");
			})
			.build();
		this.watchdog = Executors.newCachedThreadPool(threads());
		this.parsed = Caffeine.newBuilder().maximumSize(settings.cacheSize()).build();
	}

	/**
	 * Renders a text.
	 * @param source Liquid
	 * @param values values of {@link MergeTags}: strings, numbers, lists and maps
	 * @return the rendered text
	 * @throws LiquidTemplateException when the text does not parse or exceeds a limit
	 */
	public String render(String source, Map<String, Object> values) {
		Template template = parse(source);
		try {
			return template.render(new LinkedHashMap<>(values), this.watchdog, false);
		}
		catch (RuntimeException ex) {
			throw new LiquidTemplateException(rootMessage(ex), ex);
		}
	}

	/**
	 * Validates a text.
	 * @param source Liquid
	 * @return messages for the author, empty when the text is valid
	 */
	public List<String> problems(String source) {
		try {
			LiquidReferences references = LiquidReferences.of(parse(source).getParseTree());
			List<String> problems = new ArrayList<>();
			references.mergeTags()
				.stream()
				.filter((tag) -> !MergeTags.NAMES.contains(tag))
				.forEach((tag) -> problems.add("unknown merge tag '%s'; available are %s".formatted(tag,
						String.join(", ", MergeTags.NAMES.stream().sorted().toList()))));
			references.filters()
				.stream()
				.filter((filter) -> !this.parser.filters.getMap().containsKey(filter))
				.forEach((filter) -> problems.add("unknown filter '%s'".formatted(filter)));
			references.forbiddenTags()
				.forEach((tag) -> problems
					.add("tag '%s' is not available: templates cannot include files".formatted(tag)));
			return problems;
		}
		catch (LiquidTemplateException ex) {
			return List.of(String.valueOf(ex.getMessage()));
		}
	}

	/** Returns the merge tags that a text uses. */
	public Set<String> mergeTags(String source) {
		return LiquidReferences.of(parse(source).getParseTree()).mergeTags();
	}

	@PreDestroy
	void close() {
		this.watchdog.shutdownNow();
	}

	private Template parse(String source) {
		if (source.length() > this.maxSourceLength) {
			throw new LiquidTemplateException(
					"is %d characters long; %d are allowed".formatted(source.length(), this.maxSourceLength));
		}
		return this.parsed.get(source, this::parseUncached);
	}

	private Template parseUncached(String source) {
		try {
			return this.parser.parse(source);
		}
		catch (LiquidException ex) {
			throw new LiquidTemplateException(
					"line %d, character %d: %s".formatted(ex.line, ex.charPositionInLine + 1, ex.getMessage()), ex);
		}
		catch (RuntimeException ex) {
			throw new LiquidTemplateException(rootMessage(ex), ex);
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
		return (message != null) ? message : "exceeded the time limit or failed: " + root.getClass().getSimpleName();
	}

}
