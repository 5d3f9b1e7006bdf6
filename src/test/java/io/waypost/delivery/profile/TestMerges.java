package io.waypost.delivery.profile;

import java.time.Clock;

import io.waypost.identity.ProfilesMerged;
import io.waypost.ledger.Ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Moves the sends of merged profiles for tests in other packages. */
public final class TestMerges {

	private TestMerges() {
	}

	public static void moveSends(JdbcClient jdbc, Ledger ledger, Clock clock, ProfilesMerged merged) {
		new SendMergeListener(jdbc, ledger, clock).on(merged);
	}

}
