package io.waypost.delivery.outcome;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.esp.failover.EspRegistry;
import io.waypost.delivery.outbox.MessageEventOutbox;
import io.waypost.delivery.queue.DispatchSignal;
import io.waypost.delivery.store.SendLedger;
import io.waypost.delivery.tracking.SendEventRepository;
import io.waypost.kernel.IdGenerator;
import io.waypost.ledger.Ledger;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates the classes of this package for tests in other packages. */
public final class TestOutcomes {

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final MessageEventOutbox outbox;

	private final Ledger ledger;

	private final DispatchSignal signal;

	private final DeliverySettings settings;

	private final MeterRegistry metrics;

	public TestOutcomes(JdbcClient jdbc, TransactionTemplate transaction, MessageEventOutbox outbox, Ledger ledger,
			DispatchSignal signal, DeliverySettings settings, MeterRegistry metrics) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.outbox = outbox;
		this.ledger = ledger;
		this.signal = signal;
		this.settings = settings;
		this.metrics = metrics;
	}

	public SendOutcomeRepository repository(EspRegistry registry, SendEventRepository events, SendLedger sendLedger,
			IdGenerator ids) {
		LateOutcomeRepository late = new LateOutcomeRepository(this.jdbc, events, this.outbox, this.ledger, this.signal,
				this.settings, this.metrics);
		return new SendOutcomeRepository(this.jdbc, this.transaction, registry, late, this.outbox, this.ledger,
				sendLedger, ids, this.settings, this.metrics);
	}

	public Reconciler reconciler(Clock clock) {
		return new SendReconciler(this.jdbc, this.transaction, this.outbox, this.ledger, this.signal, this.settings,
				this.metrics, clock)::reconcile;
	}

	/** Reconciles once. */
	public interface Reconciler {

		int reconcile();

	}

}
