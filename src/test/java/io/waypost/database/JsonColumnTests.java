package io.waypost.database;

import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class JsonColumnTests {

	private static final TypeReference<List<Map<String, Object>>> OBJECTS = new TypeReference<>() {
	};

	private final JsonColumn json = new JsonColumn(new ObjectMapper());

	@Test
	void readsWhatItWrote() {
		Point point = new Point(1, 2);
		assertThat(this.json.read(this.json.write(point), Point.class)).isEqualTo(point);
		assertThat(this.json.readMap(this.json.write(point))).isEqualTo(Map.of("x", 1, "y", 2));
	}

	@Test
	void keepsNull() {
		assertThat(this.json.writeNullable(null)).isNull();
		assertThat(this.json.readNullable(null, Point.class)).isNull();
		assertThat(this.json.readMap(null)).isEmpty();
	}

	@Test
	void compressesLists() {
		List<Map<String, Object>> rows = Collections.nCopies(1_000, Map.of("key", "value"));
		byte[] deflated = this.json.deflate(rows);
		assertThat(deflated).hasSizeLessThan(1_000);
		assertThat(this.json.inflate(deflated, OBJECTS)).isEqualTo(rows);
	}

	/** A column may hold personal data, which must not reach a log. */
	@Test
	void doesNotQuoteUnreadableColumns() {
		assertThatIllegalStateException().isThrownBy(() -> this.json.readMap("{\"email\": ada@example.com"))
			.satisfies((failure) -> assertThat(failure.getCause().toString()).doesNotContain("ada@example.com\""));
		assertThatIllegalStateException().isThrownBy(() -> this.json.inflate(new byte[] { 1, 2, 3 }, OBJECTS));
	}

	@Test
	void namesTheTypeThatCannotBeWritten() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.json.write(new Object()))
			.withMessageContaining("java.lang.Object");
		assertThatIllegalArgumentException().isThrownBy(() -> this.json.deflate(new Object()))
			.withMessageContaining("java.lang.Object");
	}

	record Point(int x, int y) {

	}

}
