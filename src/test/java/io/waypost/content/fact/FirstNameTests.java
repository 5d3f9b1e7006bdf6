package io.waypost.content.fact;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FirstNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "Maria", " Ada ", "Jean-Luc d'Arc", "María de los Ángeles", "O’Brien", "J. Robert",
			"Mary J. Ann", "Дмитрий", "محمد", "小林", "ユーザー", "अनिल", "Nguyễn", "Kaʻiulani",
			"Maximiliane-Theodora von und zu" })
	void acceptsNames(String name) {
		assertThat(FirstName.of(name)).isEqualTo(name.strip());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "www.evil.com", "evil.example", "EVIL.COM", "evil.рф", "evil dot com", "dot",
			"dot com", "Evil DOT com", "evil punkt de", "go to evil dot com", "www evil com", "J.", "J.R.", "J.Com",
			"Ed. Com", "evil.", ".evil", "evil/login", "evil:80", "a@b", "Ann1", "<b>", "{{ x }}", "evil\u2024com",
			"ｅｖｉｌ．ｃｏｍ", "evil\ua4f8com", "evil\u02d0com", "evil\u3033login", "evil\u202ecom", "evil\u200bcom",
			"evil\u3164", "Ann\ufe0f", "Ann--Lee", "Ann  Lee", "Ann - Lee", "Ann\nLee", "-Ann", "Ann-",
			"call us at once to win money", "one two three four five six", "z\u0301\u0301\u0301\u0301",
			"Wolfeschlegelsteinhausenbergerdorffwelcheva" })
	void refusesWhatIsNoName(String name) {
		assertThat(FirstName.of(name)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{{ first_name }}", "Hi {{ first_name }}, hello", "{{first_name}}: news",
			"Thanks, {{ first_name }}!", "Oui, {{ first_name }} ?", "\"{{ first_name }}\" (yes)",
			"Is it you, ({{ first_name }})?", "{{ first_name }}'s picks", "See you, {{ first_name }}.\nBye",
			"{{ first_name }}...", "no tag" })
	void acceptsThePlaceholderAsAWord(String text) {
		assertThat(FirstName.standsAlone(text)).isTrue();
		assertThat(FirstName.standsAloneInSource(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{{ first_name }}.com", "login.{{ first_name }}", "www.{{ first_name }}.com",
			"garden@{{ first_name }}", "is {{ first_name }}/login and", "https://{{ first_name }}",
			"{{first_name}}@x.de", "x-{{ first_name }}", "{{ first_name }}-x", "{{ first_name }}:80",
			"{{ first_name }},com", "{{ first_name }}{{ first_name }}", "Hi {{ first_name }}, see {{ first_name }}.com",
			"((((({{ first_name }}", "login.\"{{ first_name }}\"", "{{ first_name }}).com", "{{ first_name }}'s.com",
			"{{ first_name }}\u2024com", "login\u3002{{ first_name }}", "{{ first_name }} dot com",
			"login [dot] {{ first_name }}", "{{ first_name }}\u200b.com" })
	void findsAJoinedPlaceholder(String text) {
		assertThat(FirstName.standsAlone(text)).isFalse();
		assertThat(FirstName.standsAloneInSource(text)).isFalse();
	}

	@Test
	void findsWhiteSpaceControlAtThePlaceholder() {
		assertThat(FirstName.standsAloneInSource("login. {{- first_name }}")).isFalse();
		assertThat(FirstName.standsAloneInSource("Hi {{ first_name -}} .com")).isFalse();
		assertThat(FirstName.standsAloneInSource("Hi{% if total %} {{ first_name }}{% endif %}, hello")).isTrue();
		assertThat(FirstName.standsAloneInSource("Hi {{ shop }}{{ first_name }}")).isFalse();
	}

	@Test
	void isQuick() {
		List<String> names = List.of("Maria", "Jean-Luc d'Arc", "María de los Ángeles", "a".repeat(40),
				"a ".repeat(20));
		Random random = new Random(1);
		int accepted = 0;
		long best = Long.MAX_VALUE;
		for (int round = 0; round < 5; round++) {
			long start = System.nanoTime();
			for (int i = 0; i < 20_000; i++) {
				accepted += (FirstName.of(names.get(random.nextInt(names.size()))) != null) ? 1 : 0;
			}
			best = Math.min(best, System.nanoTime() - start);
		}
		System.out.printf("a first name is checked in %.2f microseconds%n", best / 20_000.0 / 1_000.0);
		assertThat(accepted).isPositive();
		assertThat(best / 20_000).isLessThan(50_000);
	}

}
