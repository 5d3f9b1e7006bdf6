package io.waypost.audience.projection;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.support.AbstractSqlTypeValue;

/** A parameter that carries a whole batch: {@code unnest(:ids::uuid[])}. */
public final class AudienceSqlArray extends AbstractSqlTypeValue {

	private final String elementType;

	private final @Nullable Object[] elements;

	public AudienceSqlArray(String elementType, @Nullable Object[] elements) {
		this.elementType = elementType;
		this.elements = elements;
	}

	@Override
	protected Object createTypeValue(Connection connection, int sqlType, @Nullable String typeName)
			throws SQLException {
		return connection.createArrayOf(this.elementType, this.elements);
	}

}
