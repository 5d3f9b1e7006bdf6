package io.waypost.access.scim;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScimFilterTests {

	private static final Set<String> ATTRIBUTES = Set.of("username", "externalid", "id");

	@Test
	void readsTheFiltersOfDirectories() {
		assertThat(parse("userName eq \"anna@shop.example\""))
			.containsExactlyEntriesOf(Map.of("username", "anna@shop.example"));
		assertThat(parse("USERNAME EQ \"a and b\"")).containsExactlyEntriesOf(Map.of("username", "a and b"));
		assertThat(parse("id eq \"1\" and externalId eq \"2\""))
			.containsExactlyInAnyOrderEntriesOf(Map.of("id", "1", "externalid", "2"));
		assertThat(parse("urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"a\""))
			.containsExactlyEntriesOf(Map.of("username", "a"));
		assertThat(parse("userName eq \"a\\\"b\\\\c\"")).containsExactlyEntriesOf(Map.of("username", "a\"b\\c"));
		assertThat(parse(null)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "userName", "userName eq anna", "userName co \"a\"", "userName eq \"a\" or id eq \"b\"",
			"password eq \"a\"", "userName eq \"a\" and", "userName eq \"a\" and userName eq \"b\"",
			"userName eq \"a\" x", "not (userName eq \"a\")", "userName eq \"" })
	void refusesOthers(String filter) {
		assertThatExceptionOfType(ScimException.class).isThrownBy(() -> parse(filter))
			.satisfies((failure) -> assertThat(failure.type()).isEqualTo("invalidFilter"));
	}

	private static Map<String, String> parse(@Nullable String filter) {
		return ScimFilter.parse(filter, ATTRIBUTES).conditions();
	}

}
