package io.waypost.identity;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class UserIdSegmentTests {

	@ParameterizedTest
	@ValueSource(strings = { "ada", "auth0|42", "ada@example.com", "ada lovelace", "Ümlaut", "a.b", "a~b", "1", "a+b" })
	void keepsOrdinaryIds(String id) {
		assertThat(UserIdSegment.of(id)).isEqualTo(id);
		assertThat(UserIdSegment.read(id)).isEqualTo(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../x", "a/b", "a\\b", "a;b=c", "100%", "..", ".", "~tilde", "a\tb", "x/../y", "ü/ß" })
	void writesUnsafeIdsSoThatAPathKeepsThem(String id) {
		String segment = UserIdSegment.of(id);
		assertThat(segment).matches("~[A-Za-z0-9_-]+");
		assertThat(UserIdSegment.read(segment)).isEqualTo(id);
		URI uri = UriComponentsBuilder.fromPath("/profiles/{id}").build(segment);
		assertThat(uri.normalize()).isEqualTo(uri);
	}

	@ParameterizedTest
	@ValueSource(strings = { "~", "~not base64!" })
	void readsOtherTildesAsTheyAre(String segment) {
		assertThat(UserIdSegment.read(segment)).isIn(segment, "");
	}

}
