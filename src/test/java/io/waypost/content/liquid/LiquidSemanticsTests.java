package io.waypost.content.liquid;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Semantics of Shopify Liquid 5 that other implementations often miss. */
class LiquidSemanticsTests {

	private static final Map<String, Object> DATA = Map.of("rows",
			List.of(Map.of("name", "b", "price", 2, "on", true), Map.of("name", "A", "price", 10),
					Map.of("name", "c", "on", false)),
			"list", Arrays.asList("x", null, 3, 1.5), "text", "one two three", "nested",
			List.of(List.of(1, 2), List.of(3)), "map", Map.of("key", "value"));

	private final LiquidEngine liquid = new LiquidEngine(
			new LiquidSettings(DataSize.ofKilobytes(16), DataSize.ofKilobytes(32), DataSize.ofMegabytes(1), 1000,
					500_000, Duration.ofSeconds(5), 4, 10),
			Clock.fixed(Instant.parse("2026-11-30T08:05:09.123456789Z"), ZoneOffset.UTC));

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '`',
			textBlock = """
					{% if '' == blank and nil == blank and text != blank %}yes{% endif %} ~ yes
					{% if map contains 'key' and list contains 3 and text contains 'two' %}yes{% endif %} ~ yes
					{% if true or false and false %}yes{% endif %} ~ yes
					{% if 1 == 1.0 and '1' != 1 %}yes{% endif %} ~ yes
					{% unless true %}a{% elsif true %}b{% endunless %} ~ b
					{% case 3 %}{% when 1, 2 %}a{% when 3 or 4 %}b{% else %}c{% endcase %} ~ b
					{% for i in (1..6) limit: 2 %}{{ i }}{% endfor %}-{% for i in (1..6) offset: continue reversed %}{% endfor %} ~ REFUSED
					{% for i in (1..6) limit: 2 %}{{ i }}{% endfor %}-{% for i in (1..6) offset: continue %}{{ i }}{% endfor %} ~ 12-3456
					{% for i in (1..4) reversed %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %} ~ 431
					{% for p in map %}{{ p[0] }}={{ p[1] }}{{ forloop.last }}{% endfor %} ~ key=valuetrue
					{% for i in nothing %}x{% else %}none{% endfor %} ~ none
					{% tablerow i in (1..3) cols: 2 %}{{ tablerowloop.col }}{% endtablerow %} ~ <tr class="row1">/<td class="col1">1</td><td class="col2">2</td></tr>/<tr class="row2"><td class="col1">1</td></tr>
					{% cycle 'a', 'b' %}{% cycle 'a', 'b' %}{% cycle 'x': 'a', 'b' %} ~ aba
					{% increment n %}{% increment n %}{% decrement n %}{{ n }} ~ 0111
					{% assign n = 7 %}{% capture t %}<{{ n }}>{% endcapture %}{{ t }} ~ <7>
					{% liquid assign a = 'x' | append: 'y' %}{% echo a %} ~ xy
					{%- comment -%} {% if %} {%- endcomment -%} {% # note %}{% raw %}{{ a }}{% endraw %} ~ {{ a }}
					{% ifchanged %}a{% endifchanged %}{% ifchanged %}a{% endifchanged %} ~ a
					{{ rows | where: 'on' | map: 'name' | join }}|{{ rows | reject: 'on' | map: 'name' | join: '+' }} ~ b|A+c
					{% assign a = rows | find: 'name', 'A' %}{{ a.price }}|{{ rows | find_index: 'name', 'c' }}|{{ rows | has: 'price', 10 }} ~ 10|2|true
					{{ map | json }}|{{ '</script>' | json }} ~ {"key":"value"}|"\\u003c/script\\u003e"
					{{ rows | sum: 'price' }}|{{ nested | sum }}|{{ list | compact | size }} ~ 12|6|3
					{{ rows | sort_natural: 'name' | map: 'name' | join: '' }}|{{ rows | sort: 'name' | map: 'name' | join: '' }} ~ Abc|Abc
					{{ text | split: ' ' | reverse | join: ' ' }}|{{ text | truncatewords: 2 }}|{{ text | truncate: 6 }} ~ three two one|one two...|one...
					{{ text | slice: -5, 3 }}|{{ text | replace_last: 'o', '0' }}|{{ text | remove_first: 'o' }} ~ thr|one tw0 three|ne two three
					{{ 7 | divided_by: 2 }}|{{ 7 | divided_by: 2.0 }}|{{ -7 | modulo: 3 }}|{{ 0.1 | plus: 0.2 }} ~ 3|3.5|2|0.3
					{{ 5.5 | round }}|{{ 2.345 | round: 2 }}|{{ '3.2' | ceil }}|{{ 3 | at_least: 4.5 }}|{{ '-4' | abs }} ~ 6|2.35|4|4.5|4
					{{ false | default: 'x', allow_false: true }}|{{ nothing | default: 'x' }}|{{ '' | default: 'x' }} ~ false|x|x
					{{ 'a&b <c>' | escape }}|{{ '&lt;<' | escape_once }}|{{ 'ä b/c' | url_encode }}|{{ 'a+b%21' | url_decode }} ~ a&amp;b &lt;c&gt;|&lt;&lt;|%C3%A4+b%2Fc|a b!
					{{ '<b>x</b><script>y</script><!-- z -->' | strip_html }} ~ x
					{{ '2026-03-01T10:00:00+02:00' | date: '%-d %B %Y, %H:%M %z' }}|{{ 0 | date: '%F %T %j %a' }} ~ 1 March 2026, 10:00 +0200|1970-01-01 00:00:00 001 Thu
					{{ 'now' | date: '%l:%M %p, %d.%m.%y %L' }}|{{ 'soon' | date: '%Y' }} ~ 8:05 AM, 30.11.26 123|soon
					{{ map }}{{ nested }}{{ 1e0 }} ~ REFUSED
					{{ map }}|{{ nested }}|{{ 12345678901234567890 | plus: 1 }}|{{ 100000000000000000.0 }} ~ {"key"=>"value"}|123|12345678901234567891|1.0e+17
					{{ text.size }}|{{ list.first }}|{{ list[-1] }}|{{ rows.last.name }}|{{ text[0] }} ~ 13|x|1.5|c|
					""")
	void rendersAsShopifyLiquidDoes(String template, String expected) {
		if (expected.equals("REFUSED")) {
			assertThatThrownBy(() -> this.liquid.render(template, DATA)).isInstanceOf(LiquidTemplateException.class);
			return;
		}
		assertThat(this.liquid.render(template, DATA).strip().replace("\n", "/")).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{{ 'a' > 1 }}", "{% if 'a' > 1 %}{% endif %}", "{{ 1 | divided_by: 0 }}",
			"{{ list | sort }}", "{{ 'x' | slice: 'y' }}", "{{ text | map: 1.5 }}", "{{ 5 | base64_decode }}",
			"{{ text | concat: text }}", "{{ text | upcase: 1 }}", "{{ text | append }}", "{{ text | nosuch }}",
			"{{ text | default: 1, allow_nil: true }}", "{% nosuch %}", "{% if %}{% endif %}",
			"{% if a = b %}{% endif %}", "{% if not a %}{% endif %}", "{% endif %}", "{% else %}",
			"{% for i in (1..3) %}", "{% for i on list %}{% endfor %}", "{% for i in list limits: 1 %}{% endfor %}",
			"{% assign = 1 %}", "{% cycle %}", "{% case %}{% endcase %}", "{{ 'a }}", "{{ a }", "{{ a b }}",
			"{{ a..b }}", "{{ a.0 }}", "{{ -a }}", "{% raw %}", "{% comment %}", "{% render 'x' %}",
			"{% include 'x' %}", "{% for i in list %}{% endif %}", "{% doc %}{% doc %}{% enddoc %}" })
	void refusesWithLineAndColumn(String template) {
		assertThatThrownBy(() -> this.liquid.render("\n" + template, DATA)).isInstanceOf(LiquidTemplateException.class)
			.hasMessageMatching("(?s)line 2, column \\d+: .+");
	}

	@Test
	void keepsParsedTemplatesImmutable() {
		String template = "{% cycle 'a', 'b' %}{% increment n %}{% for i in (1..2) limit: 1 %}{% endfor %}{{ x }}{% assign x = 1 %}";
		assertThat(this.liquid.render(template, Map.of())).isEqualTo(this.liquid.render(template, Map.of()))
			.isEqualTo("a0");
	}

	@Test
	void leavesTheDataUnchanged() {
		List<Object> list = new ArrayList<>(List.of(3, 1, 2));
		this.liquid.render("{% assign s = l | sort | reverse %}{% for i in l reversed %}{% endfor %}{% assign l = 1 %}",
				Map.of("l", list));
		assertThat(list).containsExactly(3, 1, 2);
	}

}
