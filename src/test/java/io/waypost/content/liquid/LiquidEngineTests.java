package io.waypost.content.liquid;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LiquidEngineTests {

	private final LiquidEngine liquid = new LiquidEngine(new LiquidSettings(DataSize.ofKilobytes(16),
			DataSize.ofKilobytes(32), DataSize.ofMegabytes(1), 1000, 500_000, Duration.ofMillis(500), 4, 10),
			Clock.systemUTC());

	@Test
	void fillsMergeTags() {
		assertThat(this.liquid.render("{% for item in items %}{{ item.name | upcase }} {% endfor %}{{ total }}",
				Map.of("items", List.of(Map.of("name", "mug")), "total", "5 €")))
			.isEqualTo("MUG 5 €");
	}

	@Test
	void reportsThePositionOfASyntaxError() {
		assertThat(this.liquid.problems("Hello\n{{ first_name ")).singleElement().asString().contains("line 2");
		assertThat(this.liquid.problems("{% if item %}")).singleElement().asString().contains("line 1");
	}

	@Test
	void refusesUnknownMergeTagsAndFilters() {
		assertThat(
				this.liquid.problems("{% assign x = item.name %}{{ x }} {% for i in items %}{{ i.name }}{% endfor %}"))
			.isEmpty();
		assertThat(this.liquid.problems("{% if false %}{{ email }}{% endif %}")).singleElement()
			.asString()
			.contains("unknown merge tag 'email'", "first_name");
		assertThat(this.liquid.problems("{{ shop | frobnicate }}")).singleElement()
			.asString()
			.contains("line 1, column 11", "unknown filter 'frobnicate'", "available are abs");
	}

	@Test
	void readsNoFiles() {
		assertThat(this.liquid.problems("{% include 'x' %}")).singleElement()
			.asString()
			.contains("cannot include files");
		assertThatThrownBy(() -> this.liquid.render("{% include '/etc/passwd' %}", Map.of()))
			.isInstanceOf(LiquidTemplateException.class);
	}

	@Test
	void stopsLoopBombs() {
		long start = System.nanoTime();
		assertThatThrownBy(() -> this.liquid
			.render("{% for i in (1..99999) %}{% for j in (1..99999) %}x{% endfor %}{% endfor %}", Map.of()))
			.isInstanceOf(LiquidTemplateException.class)
			.hasMessageContaining("maxIterations");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void refusesTextsThatAreTooLong() {
		assertThat(this.liquid.problems("x".repeat(20_000))).singleElement().asString().contains("16384 are allowed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{{ shop.class.name }}", "{{ shop.getClass }}", "{{ items.class }}",
			"{{ 'x'.class.forName }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "[[${7*7}]]", "*{7*7}", "{{7*7}}" })
	void exposesNoJavaObjects(String attack) {
		String rendered;
		try {
			rendered = this.liquid.render(attack, Map.of("shop", "S", "items", List.of()));
		}
		catch (LiquidTemplateException expected) {
			return;
		}
		assertThat(rendered).doesNotContain("java", "49");
	}

}
