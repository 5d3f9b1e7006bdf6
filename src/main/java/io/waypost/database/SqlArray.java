package io.waypost.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.support.AbstractSqlTypeValue;

/**
 * A parameter that carries one column of a batch: {@code unnest(:ids::uuid[])}. One
 * statement then reads or writes the whole batch.
 */
public final class SqlArray extends AbstractSqlTypeValue {

	private final String elementType;

	private final @Nullable Object[] elements;

	private SqlArray(String elementType, @Nullable Object[] elements) {
		this.elementType = elementType;
		this.elements = elements;
	}

	/** Makes a {@code uuid[]}. */
	public static SqlArray uuids(Collection<UUID> ids) {
		return new SqlArray("uuid", ids.toArray());
	}

	/** Makes a {@code uuid[]} of typed ids or other objects. */
	public static <T extends @Nullable Object> SqlArray uuids(Collection<T> rows, Function<T, @Nullable UUID> id) {
		return new SqlArray("uuid", rows.stream().map(id).toArray());
	}

	/** Makes a {@code text[]}. */
	public static SqlArray texts(Collection<String> texts) {
		return new SqlArray("text", texts.toArray());
	}

	/** Makes a {@code text[]}; elements may be null. */
	public static <T extends @Nullable Object> SqlArray texts(Collection<T> rows, Function<T, @Nullable String> text) {
		return new SqlArray("text", rows.stream().map(text).toArray());
	}

	/** Makes an {@code int4[]}; elements may be null. */
	public static <T extends @Nullable Object> SqlArray ints(Collection<T> rows,
			Function<T, @Nullable Integer> number) {
		return new SqlArray("int4", rows.stream().map(number).toArray());
	}

	/** Makes an {@code int8[]}; elements may be null. */
	public static <T extends @Nullable Object> SqlArray longs(Collection<T> rows, Function<T, @Nullable Long> number) {
		return new SqlArray("int8", rows.stream().map(number).toArray());
	}

	/** Makes a {@code float8[]}; elements may be null. */
	public static <T extends @Nullable Object> SqlArray doubles(Collection<T> rows,
			Function<T, @Nullable Double> number) {
		return new SqlArray("float8", rows.stream().map(number).toArray());
	}

	/** Makes a {@code bool[]}; elements may be null. */
	public static <T extends @Nullable Object> SqlArray booleans(Collection<T> rows,
			Function<T, @Nullable Boolean> flag) {
		return new SqlArray("bool", rows.stream().map(flag).toArray());
	}

	/** Makes a {@code timestamptz[]}; elements may be null. */
	public static <T extends @Nullable Object> SqlArray times(Collection<T> rows, Function<T, @Nullable Instant> time) {
		// As text: the driver writes arrays of OffsetDateTime as texts anyway
		return new SqlArray("timestamptz",
				rows.stream().map(time).map((at) -> (at != null) ? at.toString() : null).toArray());
	}

	/** Makes a {@code bytea[]}; elements may be null. */
	public static <T extends @Nullable Object> SqlArray bytes(Collection<T> rows,
			Function<T, byte @Nullable []> bytes) {
		// The driver wants byte[][], not Object[]
		return new SqlArray("bytea", rows.stream().map(bytes).toArray(byte[][]::new));
	}

	@Override
	protected Object createTypeValue(Connection connection, int sqlType, @Nullable String typeName)
			throws SQLException {
		return connection.createArrayOf(this.elementType, this.elements);
	}

}
