package io.waypost.bench;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

import com.sun.management.ThreadMXBean;
import io.waypost.content.liquid.expression.RenderContext;
import io.waypost.content.liquid.filter.FilterContext;
import io.waypost.content.liquid.tag.CompiledTemplate;
import io.waypost.content.liquid.value.LiquidException;
import io.waypost.content.liquid.value.RenderBudget;
import io.waypost.content.liquid.value.RenderLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** CPU time and allocated bytes of a render and of parsing, in one thread. */
class LiquidBenchmark {

	private static final int RENDERS = Integer.getInteger("bench.liquid.renders", 20_000);

	private static final int WARM_UP_ROUNDS = 3;

	private static final RenderLimits LIMITS = new RenderLimits(32_768, 1 << 20, 1000, 500_000, Duration.ofSeconds(1));

	private static final String MESSAGE = """
			Hello {{ first_name }}, {{ shop }} has something for you from {{ category }}:
			{% for item in items %}<tr><td><a href="{{ item.url }}">{{ item.name }}</a></td><td>{{ item.price }}</td></tr>
			{% endfor %}{{ item_count }} things. """ + "The content that every recipient reads. ".repeat(45);

	private static final String FILTERS = """
			{% assign names = items | map: 'name' | join: ', ' %}{% for item in items %}\
			{% if item.price contains '9' and forloop.index < 3 %}\
			{{ item.name | upcase | truncate: 8 | append: '!' }} {{ forloop.index | times: 3 | plus: 1 }} {% else %}\
			{{ item.name | replace: 'Blue', 'Red' | escape }}{% endif %}{% endfor %}{{ names | default: 'nothing' }}\
			{{ '2016-03-14' | date: '%d %B %Y' }}""";

	private static final String DOUBLING = "{% assign s = 'xxxxxxxxxx' %}" + "{% assign s = s | append: s %}".repeat(28);

	private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Test
	void renders() {
		BenchmarkReport report = new BenchmarkReport("liquid", "%,d renders in one thread".formatted(RENDERS));
		measure("message of 1.9 KB, three items", MESSAGE, report);
		measure("filters", FILTERS, report);
		measure("28 doubling appends, refused", DOUBLING, report);
		report.publish();
	}

	private void measure(String name, String source, BenchmarkReport report) {
		CompiledTemplate template = CompiledTemplate.parse(source);
		measure(name + ": render", () -> render(template), report);
		measure(name + ": parse", () -> System.identityHashCode(CompiledTemplate.parse(source)), report);
	}

	private void measure(String what, IntSupplier work, BenchmarkReport report) {
		int result = 0;
		long cpu = 0;
		long bytes = 0;
		for (int round = 0; round <= WARM_UP_ROUNDS; round++) {
			cpu = this.thread.getCurrentThreadCpuTime();
			bytes = this.thread.getCurrentThreadAllocatedBytes();
			for (int i = 0; i < RENDERS; i++) {
				result += work.getAsInt();
			}
		}
		report.add(what + ", CPU us", (this.thread.getCurrentThreadCpuTime() - cpu) / 1e3 / RENDERS)
			.add(what + ", bytes", (this.thread.getCurrentThreadAllocatedBytes() - bytes) / RENDERS);
		assertThat(result).isNotZero();
	}

	private static int render(CompiledTemplate template) {
		Map<String, Object> item = Map.of("url", "https://shop.example/teapot", "name", "Blue teapot", "price", "£19.95");
		Map<String, Object> slots = Map.of("first_name", "Ada", "shop", "Bench Shop", "category", "Kitchen", "items",
				List.of(item, item, item), "item_count", 3);
		FilterContext filters = new FilterContext(new RenderBudget(LIMITS, System::nanoTime), Clock.systemUTC());
		try {
			return template.render(new RenderContext(slots, filters, false)).length();
		}
		catch (LiquidException ex) {
			return ex.offset();
		}
	}

}
