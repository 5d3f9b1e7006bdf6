package io.waypost.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import io.waypost.database.SqlTime;

/**
 * A row of {@code ledger.entry}.
 *
 * @param id number of the row
 * @param tenant owner of the fact
 * @param at when it happened, in whole microseconds
 * @param kind what happened
 * @param subject object of the fact
 * @param actor who or what decided
 * @param facts canonical JSON
 */
record StoredLedgerEntry(long id, String tenant, Instant at, String kind, String subject, String actor, String facts) {

	static StoredLedgerEntry read(ResultSet row) throws SQLException {
		return new StoredLedgerEntry(row.getLong("entry_id"), row.getString("tenant_id"), SqlTime.read(row, "at"),
				row.getString("kind"), row.getString("subject"), row.getString("actor"), row.getString("facts"));
	}

}
