package io.waypost.delivery.queue;

import java.time.Clock;

import io.waypost.database.JsonColumn;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.SharedContents;
import io.waypost.delivery.esp.failover.EspRegistry;
import io.waypost.ledger.Ledger;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates a claimer with its queue for tests in other packages. */
public final class TestClaimer {

	private TestClaimer() {
	}

	public static SendClaimer create(JdbcClient jdbc, TransactionTemplate transaction, SharedContents contents,
			PermissionCheck permissionCheck, EspRegistry registry, Ledger ledger, DeliverySettings settings,
			JsonColumn json, Clock clock) {
		return new SendClaimer(jdbc, transaction, new SendQueue(jdbc, contents, json, clock), permissionCheck, registry,
				ledger, settings, json, clock);
	}

}
