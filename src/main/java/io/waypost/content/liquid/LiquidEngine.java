package io.waypost.content.liquid;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.filter.FilterContext;
import io.waypost.content.liquid.tag.CompiledTemplate;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.RenderBudget;
import io.waypost.content.liquid.value.RenderLimits;

import org.springframework.stereotype.Component;

/**
 * Renders Liquid texts of users with the semantics of Shopify Liquid 5. Parsed texts are
 * cached. Each render is limited in steps, time, output and the memory of all its
 * intermediate values; it reads only the given values and includes no files.
 */
@Component
public class LiquidEngine {

	private final Clock clock;

	private final int maxSourceLength;

	private final RenderLimits limits;

	private final Cache<String, CompiledTemplate> parsed;

	LiquidEngine(LiquidSettings settings, Clock clock) {
		this.clock = clock;
		this.maxSourceLength = Math.toIntExact(settings.maxTemplateSize().toBytes());
		this.limits = settings.limits();
		this.parsed = Caffeine.newBuilder().maximumSize(settings.cacheSize()).build();
	}

	/**
	 * Renders a text. Undefined variables are empty.
	 * @param source Liquid
	 * @param values values of {@link MergeTags}: strings, numbers, lists and maps
	 * @return the rendered text
	 * @throws LiquidTemplateException when the text does not parse, fails or exceeds a
	 * limit
	 */
	public String render(String source, Map<String, ?> values) {
		return render(source, parse(source), values, false);
	}

	/**
	 * Renders a text that is not kept.
	 * @param source Liquid
	 * @param values strings, numbers, lists and maps
	 * @param strict whether an undefined variable is an error
	 * @return the rendered text
	 * @throws LiquidTemplateException when the text does not parse, fails or exceeds a
	 * limit
	 */
	String renderOnce(String source, Map<String, ?> values, boolean strict) {
		return render(source, parseUncached(checked(source)), values, strict);
	}

	/**
	 * Validates a text.
	 * @param source Liquid
	 * @return messages for the author, empty when the text is valid
	 */
	public List<String> problems(String source) {
		try {
			return parse(source).references()
				.mergeTags()
				.entrySet()
				.stream()
				.filter((tag) -> !MergeTags.NAMES.contains(tag.getKey()))
				.map((tag) -> unknown(tag.getKey(), tag.getValue(), source))
				.toList();
		}
		catch (LiquidTemplateException ex) {
			return List.of(String.valueOf(ex.getMessage()));
		}
	}

	/** Returns the merge tags that a text uses. */
	public Set<String> mergeTags(String source) {
		return parse(source).references().mergeTags().keySet();
	}

	private String render(String source, CompiledTemplate template, Map<String, ?> values, boolean strict) {
		RenderBudget budget = new RenderBudget(this.limits, System::nanoTime);
		try {
			return template.render(new RenderContext(values, new FilterContext(budget, this.clock), strict));
		}
		catch (LiquidException ex) {
			throw LiquidTemplateException.of(ex, source);
		}
	}

	private CompiledTemplate parse(String source) {
		return this.parsed.get(checked(source), LiquidEngine::parseUncached);
	}

	private String checked(String source) {
		if (source.length() > this.maxSourceLength) {
			throw new LiquidTemplateException(
					"is %d characters long; %d are allowed".formatted(source.length(), this.maxSourceLength));
		}
		return source;
	}

	private static CompiledTemplate parseUncached(String source) {
		try {
			return CompiledTemplate.parse(source);
		}
		catch (LiquidException ex) {
			throw LiquidTemplateException.of(ex, source);
		}
	}

	private static String unknown(String tag, int offset, String source) {
		String known = MergeTags.NAMES.stream().sorted().collect(Collectors.joining(", "));
		LiquidException problem = LiquidException.at(offset,
				"unknown merge tag '%s'; available are %s".formatted(tag, known));
		return String.valueOf(LiquidTemplateException.of(problem, source).getMessage());
	}

}
