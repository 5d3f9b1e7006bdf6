package io.waypost.database;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import io.waypost.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

class SqlArrayIntegrationTests {

	private static final Instant AT = Instant.parse("2026-11-30T10:00:00.123456Z");

	private final JdbcClient jdbc = TestDatabase.migrated().client();

	@Test
	void carriesColumnsOfEveryType() {
		UUID id = UUID.fromString("018f3a2b-7c5d-7e1f-9a2b-3c4d5e6f7081");
		List<Object[]> rows = this.jdbc.sql("""
				select * from unnest(:uuids, :texts, :ints, :longs, :doubles, :flags, :times, :bytes)
					as r(id, name, number, total, share, flag, at, hash)
				""")
			.param("uuids", SqlArray.uuids(Arrays.asList(id, null), (value) -> value))
			.param("texts", SqlArray.texts(Arrays.asList("a,\"b\"", null), (value) -> value))
			.param("ints", SqlArray.ints(Arrays.asList(1, null), (value) -> value))
			.param("longs", SqlArray.longs(Arrays.asList(2L, null), (value) -> value))
			.param("doubles", SqlArray.doubles(Arrays.asList(0.5, null), (value) -> value))
			.param("flags", SqlArray.booleans(Arrays.asList(true, null), (value) -> value))
			.param("times", SqlArray.times(Arrays.asList(AT, null), (value) -> value))
			.param("bytes", SqlArray.bytes(Arrays.asList(new byte[] { 1, 2 }, null), (value) -> value))
			.query((row,
					number) -> new Object[] { row.getObject(1), row.getObject(2), row.getObject(3), row.getObject(4),
							row.getObject(5), row.getObject(6), row.getObject(7), row.getObject(8) })
			.list();
		assertThat(rows.getFirst()).containsExactly(id, "a,\"b\"", 1, 2L, 0.5, true, Timestamp.from(AT),
				new byte[] { 1, 2 });
		assertThat(rows.getLast()).containsOnlyNulls().hasSize(8);
	}

	@Test
	void carriesEmptyColumns() {
		assertThat(this.jdbc.sql("select count(*) from unnest(:ids)")
			.param("ids", SqlArray.uuids(List.of()))
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void convertsTimes() {
		assertThat(this.jdbc.sql("select :at as at, :none::timestamptz as none")
			.param("at", SqlTime.of(AT))
			.param("none", SqlTime.ofNullable(null))
			.query((row, number) -> Arrays.asList(SqlTime.read(row, "at"), SqlTime.readNullable(row, "none")))
			.single()).containsExactly(AT, null);
	}

}
