package io.waypost.content.liquid;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.filter.FilterContext;
import io.waypost.content.liquid.tag.CompiledTemplate;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.RenderBudget;
import io.waypost.content.liquid.value.RenderLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each limit stops a template that exceeds only this limit. */
class LiquidLimitsTests {

	private static final long ANY = Integer.MAX_VALUE;

	private static final int MANY = Integer.MAX_VALUE;

	private final LiquidEngine liquid = new LiquidEngine(new LiquidSettings(DataSize.ofKilobytes(16),
			DataSize.ofKilobytes(32), DataSize.ofMegabytes(1), 1000, 500_000, Duration.ofSeconds(1), 4, 10),
			Clock.systemUTC());

	@ParameterizedTest
	@ValueSource(strings = { "{% assign s = s | append: s %}", "{% assign s = s | prepend: s %}",
			"{% capture s %}{{ s }}{{ s }}{% endcapture %}", "{% assign s = s | replace: '', s %}",
			"{% assign s = s | url_encode | append: s %}", "{% assign s = s | base64_encode | append: s %}",
			"{% ifchanged %}{% assign s = s | append: s %}{{ s | slice: 0, 1 }}{% endifchanged %}" })
	void stopsValuesThatDouble(String step) {
		String template = "{% assign s = 'xxxxxxxxxx' %}" + step.repeat(28);
		long start = System.nanoTime();
		assertThatThrownBy(() -> this.liquid.render(template, Map.of())).isInstanceOf(LiquidTemplateException.class)
			.hasMessageContaining("line 1, column ")
			.hasMessageContaining("maxMemory");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{% assign s = s | split: '' | join: 'xx' %}", "{% assign s = s | replace: 'x', 'xx' %}" })
	void stopsValuesThatDoubleInManyParts(String step) {
		String template = "{% assign s = 'xxxxxxxxxx' %}" + step.repeat(28);
		assertThatThrownBy(() -> this.liquid.render(template, Map.of())).isInstanceOf(LiquidTemplateException.class)
			.hasMessageContaining("max");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{% assign l = l | concat: l %}", "{% assign l = l | map: 'a' | concat: l %}" })
	void stopsListsThatDouble(String step) {
		String template = "{% assign l = 'a b c d e f g h' | split: ' ' %}" + step.repeat(28);
		assertThatThrownBy(() -> this.liquid.render(template, Map.of())).isInstanceOf(LiquidTemplateException.class)
			.hasMessageContaining("maxMemory");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{{ (1..9999999999) | join: '' }}", "{{ (1..9999999999) | sum }}",
			"{{ (1..9999999999) | reverse | first }}", "{{ (1..9999999999) | map: 'x' }}",
			"{% for i in (1..9999999999) %}{% break %}{% endfor %}",
			"{% tablerow i in (1..9999999999) %}{% break %}{% endtablerow %}",
			"{% assign l = (1..9223372036854775807) | uniq %}" })
	void doesNotBuildHugeRanges(String template) {
		assertThatThrownBy(() -> this.liquid.render(template, Map.of())).isInstanceOf(LiquidTemplateException.class)
			.hasMessageContaining("maxMemory");
	}

	@Test
	void stopsNumbersThatGrow() {
		String template = "{% assign n = 99999999999 %}" + "{% assign n = n | times: n %}".repeat(30);
		assertThatThrownBy(() -> this.liquid.render(template, Map.of())).isInstanceOf(LiquidTemplateException.class)
			.hasMessageContaining("more than 400 digits");
		assertThatThrownBy(() -> this.liquid.render("{{ n | plus: 1 }}", Map.of("n", "9".repeat(10_000))))
			.hasMessageContaining("more than 400 digits");
	}

	@Test
	void limitsTheOutput() {
		assertThat(render("{% for i in (1..9) %}123{% endfor %}", new RenderLimits(27, ANY, 100, ANY, forever())))
			.hasSize(27);
		assertThatThrownBy(
				() -> render("{% for i in (1..9) %}123{% endfor %}", new RenderLimits(26, ANY, 100, ANY, forever())))
			.isInstanceOf(LiquidException.class)
			.hasMessageContaining("maxRenderedSize = 26");
	}

	@Test
	void limitsTheIterationsOfAllLoopsTogether() {
		String template = "{% for i in (1..5) %}{% for j in (1..5) %}{% endfor %}{% endfor %}";
		assertThat(render(template, new RenderLimits(9, ANY, 30, ANY, forever()))).isEmpty();
		assertThatThrownBy(() -> render(template, new RenderLimits(9, ANY, 29, ANY, forever())))
			.hasMessageContaining("maxIterations = 29");
		assertThatThrownBy(() -> render("{% tablerow i in (1..5) %}{% endtablerow %}",
				new RenderLimits(999, ANY, 4, ANY, forever())))
			.hasMessageContaining("maxIterations = 4");
	}

	@Test
	void limitsTheSteps() {
		String template = "{% assign a = 1 %}".repeat(100);
		assertThat(render(template, new RenderLimits(9, ANY, 1, 100, forever()))).isEmpty();
		assertThatThrownBy(() -> render(template, new RenderLimits(9, ANY, 1, 99, forever())))
			.hasMessageContaining("maxSteps = 99");
	}

	@Test
	void countsWhatFiltersReadAsSteps() {
		Map<String, Object> data = Map.of("s", "x".repeat(64_000));
		assertThatThrownBy(() -> render("{{ s | size }}", data, new RenderLimits(9, ANY, 1, 999, forever())))
			.hasMessageContaining("maxSteps = 999");
		assertThatThrownBy(
				() -> render("{% if s contains 'y' %}{% endif %}", data, new RenderLimits(9, ANY, 1, 999, forever())))
			.hasMessageContaining("maxSteps = 999");
		assertThatThrownBy(
				() -> render("{% assign t = s | sort %}", Map.of("s", List.of("x".repeat(64_000), "x".repeat(64_000))),
						new RenderLimits(9, ANY, 1, 999, forever())))
			.hasMessageContaining("maxSteps = 999");
	}

	@Test
	void stopsAfterTheTime() {
		long[] now = { 0 };
		RenderLimits limits = new RenderLimits(MANY, ANY, MANY, ANY, Duration.ofMillis(100));
		RenderBudget budget = new RenderBudget(limits, () -> now[0] += Duration.ofMillis(1).toNanos());
		CompiledTemplate template = CompiledTemplate.parse("{% for i in (1..99999) %}x{% endfor %}");
		assertThatThrownBy(() -> template.render(context(Map.of(), budget)))
			.hasMessageContaining("maxRenderTime = 100 ms");
	}

	@Test
	void findsSubstringsInLinearTime() {
		Map<String, Object> data = Map.of("s", "a".repeat(400_000), "part", "a".repeat(200_000) + "b");
		long start = System.nanoTime();
		assertThat(render("{% if s contains part %}yes{% else %}no{% endif %}", data,
				new RenderLimits(9, ANY, 1, ANY, forever())))
			.isEqualTo("no");
		assertThat(render("{{ s | remove: part | replace_last: part, 'x' | size }}", data,
				new RenderLimits(9, ANY, 1, ANY, forever())))
			.isEqualTo("400000");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	void limitsTheWidthOfDates() {
		String width = "{{ 'now' | date: '%s' }}".formatted("%999999999Y");
		assertThat(this.liquid.render(width, Map.of())).hasSizeLessThanOrEqualTo(1024);
		String many = "{%% assign d = 'now' | date: '%s' %%}".formatted("%1024Y".repeat(1200));
		assertThatThrownBy(() -> this.liquid.render(many, Map.of())).hasMessageContaining("maxMemory");
	}

	@Test
	void limitsTheDepthOfTags() {
		String deep = "{% if true %}".repeat(1200);
		assertThat(this.liquid.render("{% if true %}".repeat(99) + "x" + "{% endif %}".repeat(99), Map.of()))
			.isEqualTo("x");
		assertThat(this.liquid.problems(deep)).singleElement().asString().contains("line 1", "deeper than 100 levels");
		assertThat(this.liquid.problems("{% liquid\n" + "for i in x\n".repeat(1000) + "%}")).singleElement()
			.asString()
			.contains("line 100, column 1", "deeper than 100 levels");
	}

	@Test
	void limitsTheDepthOfExpressions() {
		assertThat(this.liquid.problems("{{ " + "a[".repeat(5000) + " }}")).singleElement()
			.asString()
			.contains("deeper than 50 levels");
		assertThat(this.liquid.problems("{% if " + "(".repeat(5000) + " %}{% endif %}")).singleElement()
			.asString()
			.contains("deeper than 50 levels");
		String chain = "{% if " + "true and ".repeat(1500) + "true %}x{% endif %}";
		assertThat(this.liquid.render(chain, Map.of())).isEqualTo("x");
	}

	@Test
	void limitsTheDepthOfData() {
		Map<String, Object> data = new HashMap<>();
		for (int i = 0; i < 10_000; i++) {
			data = new HashMap<>(Map.of("a", data));
		}
		Map<String, Object> deep = data;
		assertThatThrownBy(() -> this.liquid.render("{{ a }}", deep)).isInstanceOf(LiquidTemplateException.class)
			.hasMessageContaining("nested deeper than 100 levels");
	}

	@Test
	void namesLineAndColumnOfWhatExceedsALimit() {
		assertThatThrownBy(() -> this.liquid.render("Hello\n\n  {{ (1..999999) | join: ',' }}", Map.of()))
			.isInstanceOfSatisfying(LiquidTemplateException.class, (failure) -> {
				assertThat(failure.line()).isEqualTo(3);
				assertThat(failure.column()).isEqualTo(20);
			});
	}

	private static Duration forever() {
		return Duration.ofDays(1);
	}

	private static String render(String template, RenderLimits limits) {
		return render(template, Map.of(), limits);
	}

	private static String render(String template, Map<String, Object> data, RenderLimits limits) {
		return CompiledTemplate.parse(template).render(context(data, new RenderBudget(limits, System::nanoTime)));
	}

	private static RenderContext context(Map<String, Object> data, RenderBudget budget) {
		return new RenderContext(data, new FilterContext(budget, Clock.systemUTC()), false);
	}

}
