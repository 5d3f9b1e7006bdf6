package io.waypost.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;

/**
 * Conversion between {@link Instant} and {@code timestamptz}, which JDBC maps to
 * {@link OffsetDateTime}.
 */
public final class SqlTime {

	private SqlTime() {
	}

	/** Converts a time to a statement's parameter. */
	public static OffsetDateTime of(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

	/** Converts an optional time to a statement's parameter. */
	public static @Nullable OffsetDateTime ofNullable(@Nullable Instant time) {
		return (time != null) ? of(time) : null;
	}

	/** Reads a column that is not null. */
	public static Instant read(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	/** Reads a column that is not null, by its number in the row, from 1. */
	public static Instant read(ResultSet row, int column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	/** Reads a column that may be null. */
	public static @Nullable Instant readNullable(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

}
