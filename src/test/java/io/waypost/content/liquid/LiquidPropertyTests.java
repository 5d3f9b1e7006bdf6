package io.waypost.content.liquid;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.waypost.content.liquid.filter.StandardFilters;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Renders random templates: no template runs longer than the time limit, and each either
 * renders or fails with a {@link LiquidTemplateException} that has a position.
 */
class LiquidPropertyTests {

	private static final long SEED = Long.getLong("liquid.seed", 20_261_130L);

	private static final int TEMPLATES = Integer.getInteger("liquid.templates", 6_000);

	private static final Duration TIME = Duration.ofMillis(200);

	/** One step may end after the limit. */
	private static final Duration TOLERANCE = Duration.ofMillis(300);

	private static final List<String> FILTERS = List.copyOf(StandardFilters.names());

	private static final List<String> VALUES = List.of("a", "b", "s", "list", "rows", "rows[0].name", "deep.a.b.c",
			"forloop.index", "nosuch", "blank", "empty", "nil", "true", "false", "0", "-7", "3.25",
			"99999999999999999999", "'x'", "''", "'a b c'", "'%Y-%m-%d %H:%M:%S %N %z'", "'2026-11-30T12:00:00+01:00'",
			"(1..4)", "(1..b)", "(s..99999999)", "list.first", "list.size", "rows.last['name']", "list[-1]",
			"'<p>&amp;</p>'");

	private static final List<String> TEXTS = List.of(" ", "x", "\n", "{", "}}", "{{", "{%", "%}", "é", "\uD83D\uDE00",
			"-", "{{-", "-%}");

	private static final Map<String, Object> DATA = Map.of("a", 5, "b", "7", "s", "Some text, with 3 words", "list",
			List.of("x", 1, 2.5, true, List.of("y", Map.of("k", "v"))), "rows",
			List.of(Map.of("name", "A", "price", 3), Map.of("name", "B", "price", 2)), "deep",
			Map.of("a", Map.of("b", Map.of("c", "end"))));

	private final LiquidEngine liquid = new LiquidEngine(new LiquidSettings(DataSize.ofKilobytes(16),
			DataSize.ofKilobytes(32), DataSize.ofMegabytes(1), 1000, 500_000, TIME, 4, 10), Clock.systemUTC());

	private final Random random = new Random(SEED);

	@Test
	void rendersOrRefusesEachTemplateInTime() {
		System.out.printf("random templates: %d, -Dliquid.seed=%d%n", TEMPLATES, SEED);
		int rendered = 0;
		for (int i = 0; i < TEMPLATES; i++) {
			rendered += renders((i % 4 == 0) ? noise() : block(3)) ? 1 : 0;
		}
		assertThat(rendered).as("rendered templates").isBetween(TEMPLATES / 10, TEMPLATES * 9 / 10);
	}

	@Test
	void rendersOrRefusesDamagedTemplates() {
		for (int i = 0; i < TEMPLATES / 4; i++) {
			StringBuilder template = new StringBuilder(block(3));
			for (int damage = 0; damage < 3 && !template.isEmpty(); damage++) {
				int at = this.random.nextInt(template.length());
				template.replace(at, Math.min(template.length(), at + this.random.nextInt(3)),
						this.random.nextBoolean() ? one(TEXTS) : "");
			}
			renders(template.toString());
		}
	}

	private boolean renders(String template) {
		long start = cpuTime();
		try {
			this.liquid.renderOnce(template, DATA, this.random.nextInt(8) == 0);
			return true;
		}
		catch (LiquidTemplateException ex) {
			assertThat(ex.line()).as(template).isPositive();
			assertThat(ex.column()).as(template).isPositive();
			return false;
		}
		catch (RuntimeException | StackOverflowError ex) {
			throw new AssertionError("seed %d: %s".formatted(SEED, template), ex);
		}
		finally {
			assertThat(Duration.ofNanos(cpuTime() - start)).as("seed %d: %s", SEED, template)
				.isLessThan(TIME.plus(TOLERANCE));
		}
	}

	private String block(int depth) {
		return IntStream.range(0, this.random.nextInt(6)).mapToObj((i) -> part(depth)).collect(Collectors.joining());
	}

	private String part(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 14 : 6)) {
			case 0 -> one(List.of("text ", " ", "\n"));
			case 1 -> "{{ " + filtered() + " }}";
			case 2 -> "{%- assign " + one(List.of("x", "list", "s", "a")) + " = " + filtered() + " -%}";
			case 3 -> "{% cycle " + one(VALUES) + ", " + one(VALUES) + " %}";
			case 4 -> one(List.of("{% increment a %}", "{% decrement b %}", "{% break %}", "{% continue %}",
					"{% echo s | upcase %}", "{% # note %}"));
			case 5 -> "{% liquid\n assign s = s | append: s\n echo s | size\n%}";
			case 6 ->
				"{% if " + condition() + " %}" + block(depth - 1) + "{% else %}" + block(depth - 1) + "{% endif %}";
			case 7 -> "{% unless " + condition() + " %}" + block(depth - 1) + "{% elsif " + condition()
					+ " %}y{% endunless %}";
			case 8 -> "{% case " + one(VALUES) + " %}{% when " + one(VALUES) + ", " + one(VALUES) + " %}"
					+ block(depth - 1) + "{% else %}z{% endcase %}";
			case 9 -> "{% capture s %}" + block(depth - 1) + "{{ s }}{% endcapture %}";
			case 10 -> "{% tablerow x in " + one(VALUES) + " cols: " + one(VALUES) + " %}" + block(depth - 1)
					+ "{% endtablerow %}";
			case 11 -> "{% ifchanged %}" + block(depth - 1) + "{% endifchanged %}";
			case 12 -> "{% raw %}{{ x }}{% endraw %}{% comment %}" + block(depth - 1) + "{% endcomment %}";
			default -> "{% for x in " + one(VALUES)
					+ one(List.of("", " reversed", " limit: 2", " offset: continue", " limit: " + one(VALUES))) + " %}"
					+ block(depth - 1) + "{% else %}none{% endfor %}";
		};
	}

	private String filtered() {
		StringBuilder text = new StringBuilder(one(VALUES));
		for (int i = this.random.nextInt(4); i > 0; i--) {
			text.append(" | ").append(one(FILTERS));
			int arguments = this.random.nextInt(3);
			for (int argument = 0; argument < arguments; argument++) {
				text.append((argument == 0) ? ": " : ", ").append(one(VALUES));
			}
		}
		return text.toString();
	}

	private String condition() {
		String comparison = one(VALUES) + one(List.of(" == ", " != ", " < ", " >= ", " contains ")) + one(VALUES);
		return this.random.nextBoolean() ? comparison : comparison + one(List.of(" and ", " or ")) + one(VALUES);
	}

	private String noise() {
		return IntStream.range(0, this.random.nextInt(12))
			.mapToObj((i) -> this.random.nextBoolean() ? one(TEXTS) : one(VALUES))
			.collect(Collectors.joining(this.random.nextBoolean() ? " " : ""));
	}

	private String one(List<String> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	/** Elapsed time would include what other processes do. */
	private static long cpuTime() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

}
