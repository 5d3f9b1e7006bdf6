package io.waypost.delivery.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waypost.content.BrandKit;
import io.waypost.delivery.DeliverySettings;
import io.waypost.delivery.esp.BulkEsp;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.delivery.esp.failover.EspRegistry;
import io.waypost.delivery.outcome.SendOutcome;
import io.waypost.delivery.queue.ClaimedSend;
import io.waypost.identity.ContactDetails;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes claimed sends to their provider, outside any transaction. Every send handed in
 * ends in exactly one outcome, whatever goes wrong on the way.
 */
public class EspSubmitter {

	private static final Logger logger = LoggerFactory.getLogger(EspSubmitter.class);

	private final DispatchPorts.AddressBook addresses;

	private final DispatchPorts.AddressHasher hashing;

	private final DispatchPorts.BrandKitSource brands;

	private final EmailComposer composer;

	private final EspRegistry roster;

	private final DeliverySettings settings;

	private final MeterRegistry metrics;

	private final Clock clock;

	private final LongSupplier ticker;

	/**
	 * By provider and outcome: looking one up among all metrics costs more than a record.
	 */
	private final Map<String, Timer> timers = new ConcurrentHashMap<>();

	EspSubmitter(DispatchPorts.AddressBook addresses, DispatchPorts.AddressHasher hashing,
			DispatchPorts.BrandKitSource brands, EmailComposer composer, EspRegistry roster, DeliverySettings settings,
			MeterRegistry metrics, Clock clock, LongSupplier ticker) {
		this.addresses = addresses;
		this.hashing = hashing;
		this.brands = brands;
		this.composer = composer;
		this.roster = roster;
		this.settings = settings;
		this.metrics = metrics;
		this.clock = clock;
		this.ticker = ticker;
	}

	/**
	 * Opens the addresses with one statement a tenant and renders: computing, done on the
	 * calling thread.
	 * @param claimed what to prepare
	 * @param failed takes the outcome of those that cannot be sent
	 * @return those that can
	 */
	public List<PreparedMessage> prepare(List<ClaimedSend> claimed, Consumer<SendOutcome> failed) {
		Map<TenantId, List<ClaimedSend>> byTenant = new HashMap<>();
		claimed.forEach((send) -> byTenant.computeIfAbsent(send.tenant(), (key) -> new ArrayList<>()).add(send));
		List<PreparedMessage> ready = new ArrayList<>();
		byTenant.forEach((tenant, sends) -> prepare(tenant, sends, ready, failed));
		return ready;
	}

	private void prepare(TenantId tenant, List<ClaimedSend> sends, List<PreparedMessage> ready,
			Consumer<SendOutcome> failed) {
		Map<ProfileId, ContactDetails> people;
		BrandKit brand;
		try {
			Set<ProfileId> profiles = new LinkedHashSet<>();
			sends.forEach((send) -> profiles.add(send.profile()));
			people = this.addresses.open(tenant, profiles);
			brand = this.brands.require(tenant);
		}
		catch (RuntimeException fault) {
			// Nobody was called: a definite no, tried again later
			logger.warn("Addresses or brand of tenant {} cannot be read: {}", tenant, fault.getClass().getSimpleName());
			sends.forEach((send) -> failed.accept(local(send, new SubmitOutcome.Refused("not_prepared", null))));
			return;
		}
		for (ClaimedSend send : sends) {
			prepare(send, people.get(send.profile()), brand, ready, failed);
		}
	}

	private void prepare(ClaimedSend send, @Nullable ContactDetails person, BrandKit brand, List<PreparedMessage> ready,
			Consumer<SendOutcome> failed) {
		EmailAddress address = (person == null) ? null : person.email();
		if (person == null || address == null) {
			failed.accept(local(send, new SubmitOutcome.Rejected("no_address")));
			return;
		}
		try {
			OutboundEmail email = this.composer.compose(send.source(), address, person, brand);
			ready.add(new PreparedMessage(send, email, this.hashing.hash(send.tenant(), address).hex()));
		}
		catch (RuntimeException fault) {
			// The fault's message may quote the words: its type and place say enough
			logger.error("Send {} cannot be rendered: {} at {}", send.send(), fault.getClass().getName(), place(fault));
			failed.accept(local(send, new SubmitOutcome.Rejected("render_failed")));
		}
	}

	private static String place(RuntimeException fault) {
		StackTraceElement[] trace = fault.getStackTrace();
		return (trace.length == 0) ? "unknown" : trace[0].toString();
	}

	/**
	 * Calls the provider once: blocking, for a virtual thread.
	 * @param ready what to submit
	 * @return what came of it
	 */
	public SendOutcome submit(PreparedMessage ready) {
		ClaimedSend claimed = ready.claimed();
		if (isLate(claimed)) {
			// A paused process may have lost its lease: better not call than call twice
			return local(claimed, new SubmitOutcome.Refused("lease_too_old", null));
		}
		long begun = System.nanoTime();
		SubmitOutcome result = call(ready);
		return outcome(ready, result, begun);
	}

	/**
	 * Calls a provider once for many messages: blocking, for a virtual thread.
	 * @param ready what to submit, all by this provider
	 * @param esp takes many at once
	 * @return what came of each, in no order
	 */
	List<SendOutcome> submitAll(List<PreparedMessage> ready, BulkEsp esp) {
		List<SendOutcome> outcomes = new ArrayList<>(ready.size());
		List<PreparedMessage> inTime = new ArrayList<>(ready.size());
		for (PreparedMessage message : ready) {
			if (isLate(message.claimed())) {
				outcomes.add(local(message.claimed(), new SubmitOutcome.Refused("lease_too_old", null)));
			}
			else {
				inTime.add(message);
			}
		}
		long begun = System.nanoTime();
		List<SubmitOutcome> results = callAll(inTime, esp);
		for (int i = 0; i < inTime.size(); i++) {
			outcomes.add(outcome(inTime.get(i), results.get(i), begun));
		}
		return outcomes;
	}

	private List<SubmitOutcome> callAll(List<PreparedMessage> ready, BulkEsp esp) {
		List<OutboundEmail> emails = ready.stream().map(PreparedMessage::email).toList();
		try {
			List<SubmitOutcome> results = emails.isEmpty() ? List.of() : esp.submitAll(emails);
			if (results.size() == emails.size()) {
				return results;
			}
			logger.error("ESP '{}' gave {} answers about {} messages", esp.name(), results.size(), emails.size());
		}
		catch (RuntimeException fault) {
			logger.error("ESP '{}' broke its contract with {}", esp.name(), fault.getClass().getName());
		}
		return Collections.nCopies(emails.size(), new SubmitOutcome.Unknown("esp.fault"));
	}

	private SendOutcome outcome(PreparedMessage ready, SubmitOutcome result, long begun) {
		ClaimedSend claimed = ready.claimed();
		this.roster.recordOutcome(claimed.esp(), result);
		SendOutcome outcome = new SendOutcome(claimed, result, this.clock.instant(), ready.addressHash(),
				ready.email().contentHash());
		this.timers.computeIfAbsent(claimed.esp() + ' ' + outcome.name(), (key) -> timer(claimed.esp(), outcome.name()))
			.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
		return outcome;
	}

	private Timer timer(String esp, String outcome) {
		return Timer.builder("waypost.delivery.send.submit")
			.tags("esp", esp, "outcome", outcome)
			.publishPercentiles(0.5, 0.95, 0.99)
			.register(this.metrics);
	}

	/**
	 * By both clocks: the monotonic one stands still while a machine sleeps, the other
	 * can be set back.
	 */
	private boolean isLate(ClaimedSend claimed) {
		Duration half = this.settings.lease().dividedBy(2);
		return this.ticker.getAsLong() - claimed.claimedNanos() >= half.toNanos()
				|| !this.clock.instant().isBefore(claimed.claimedAt().plus(half));
	}

	private SubmitOutcome call(PreparedMessage ready) {
		try {
			return this.roster.require(ready.claimed().esp()).submit(ready.email());
		}
		catch (RuntimeException fault) {
			logger.error("ESP '{}' broke its contract with {}", ready.claimed().esp(), fault.getClass().getName());
			return new SubmitOutcome.Unknown("esp.fault");
		}
	}

	private SendOutcome local(ClaimedSend claimed, SubmitOutcome result) {
		this.metrics.timer("waypost.delivery.send.submit", "esp", "none", "outcome", "local").record(Duration.ZERO);
		return SendOutcome.local(claimed, result, this.clock.instant());
	}

	/**
	 * A message at the door.
	 *
	 * @param claimed the send
	 * @param email the message
	 * @param addressHash keyed hash of its address
	 */
	public record PreparedMessage(ClaimedSend claimed, OutboundEmail email, String addressHash) {

	}

}
