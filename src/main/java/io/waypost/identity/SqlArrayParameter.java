package io.waypost.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.support.AbstractSqlTypeValue;

/** A parameter that carries a whole batch: {@code unnest(?::uuid[])}. */
public final class SqlArrayParameter extends AbstractSqlTypeValue {

	private final String elementType;

	private final @Nullable Object[] elements;

	public SqlArrayParameter(String elementType, @Nullable Object[] elements) {
		this.elementType = elementType;
		this.elements = elements;
	}

	@Override
	protected Object createTypeValue(Connection connection, int sqlType, @Nullable String typeName)
			throws SQLException {
		if (this.elementType.equals("bytea")) {
			// The driver wants bytes as byte[][], not as Object[]
			return connection.createArrayOf("bytea",
					Arrays.copyOf(this.elements, this.elements.length, byte[][].class));
		}
		return connection.createArrayOf(this.elementType, this.elements);
	}

}
