package io.waypost.kernel;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CursorTests {

	private static final Instant AT = Instant.parse("2026-11-30T10:00:00.123456Z");

	private static final UUID ID = UUID.fromString("018f3a2b-7c5d-7e1f-9a2b-3c4d5e6f7081");

	@Test
	void readsTheValuesThatItWrote() {
		Cursor cursor = Cursor.decode(Cursor.of(AT, ID, 7, "ü/+").encode(), 4).orElseThrow();
		assertThat(cursor.instant(0)).isEqualTo(AT);
		assertThat(cursor.uuid(1)).isEqualTo(ID);
		assertThat(cursor.number(2)).isEqualTo(7);
		assertThat(cursor.text(3)).isEqualTo("ü/+");
	}

	@Test
	void isEmptyOnTheFirstPage() {
		assertThat(Cursor.decode(null, 1)).isEmpty();
		assertThat(Cursor.decode("", 1)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "%%%", "a", "MTIz" })
	void refusesTextThatIsNoCursorOfTheList(String text) {
		assertThatExceptionOfType(InvalidCursorException.class).isThrownBy(() -> Cursor.decode(text, 2))
			.withMessageContaining(text)
			.withMessageContaining("leave it out");
	}

	@Test
	void refusesValuesOfAnotherType() {
		Cursor cursor = Cursor.decode(Cursor.of("x").encode(), 1).orElseThrow();
		assertThatExceptionOfType(InvalidCursorException.class).isThrownBy(() -> cursor.uuid(0));
		assertThatExceptionOfType(InvalidCursorException.class).isThrownBy(() -> cursor.instant(0));
		assertThatExceptionOfType(InvalidCursorException.class).isThrownBy(() -> cursor.number(0));
	}

	@Test
	void cutsTheRowThatShowsThatThereAreMore() {
		Page<String> page = Cursor.page(List.of("a", "b", "c"), 2, Cursor::of);
		assertThat(page.items()).containsExactly("a", "b");
		assertThat(Cursor.decode(page.nextCursor(), 1)).contains(Cursor.of("b"));
		assertThat(Cursor.page(List.of("a", "b"), 2, Cursor::of).nextCursor()).isNull();
	}

	@Test
	void limitsTheSizeOfAPage() {
		assertThat(List.of(Cursor.limit(-1), Cursor.limit(50), Cursor.limit(10_000))).containsExactly(1, 50, 500);
	}

}
