package io.waypost.delivery;

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
import io.waypost.delivery.esp.BulkEsp;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.identity.Person;
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
class Submission {

	private static final Logger logger = LoggerFactory.getLogger(Submission.class);

	private final Seams.AddressBook addresses;

	private final Seams.Hashing hashing;

	private final Seams.Brands brands;

	private final Composer composer;

	private final EspRoster roster;

	private final DeliverySettings settings;

	private final MeterRegistry metrics;

	private final Clock clock;

	private final LongSupplier ticker;

	/**
	 * By provider and outcome: looking one up among all metrics costs more than a record.
	 */
	private final Map<String, Timer> timers = new ConcurrentHashMap<>();

	Submission(Seams.AddressBook addresses, Seams.Hashing hashing, Seams.Brands brands, Composer composer,
			EspRoster roster, DeliverySettings settings, MeterRegistry metrics, Clock clock, LongSupplier ticker) {
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
	List<Ready> prepare(List<Claimed> claimed, Consumer<Outcome> failed) {
		Map<TenantId, List<Claimed>> byTenant = new HashMap<>();
		claimed.forEach((send) -> byTenant.computeIfAbsent(send.tenant(), (key) -> new ArrayList<>()).add(send));
		List<Ready> ready = new ArrayList<>();
		byTenant.forEach((tenant, sends) -> prepare(tenant, sends, ready, failed));
		return ready;
	}

	private void prepare(TenantId tenant, List<Claimed> sends, List<Ready> ready, Consumer<Outcome> failed) {
		Map<ProfileId, Person> people;
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
		for (Claimed send : sends) {
			prepare(send, people.get(send.profile()), brand, ready, failed);
		}
	}

	private void prepare(Claimed send, @Nullable Person person, BrandKit brand, List<Ready> ready,
			Consumer<Outcome> failed) {
		EmailAddress address = (person == null) ? null : person.email();
		if (person == null || address == null) {
			failed.accept(local(send, new SubmitOutcome.Rejected("no_address")));
			return;
		}
		try {
			OutboundEmail email = this.composer.compose(send.words(), address, person, brand);
			ready.add(new Ready(send, email, this.hashing.hash(send.tenant(), address).hex()));
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
	Outcome submit(Ready ready) {
		Claimed claimed = ready.claimed();
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
	List<Outcome> submitAll(List<Ready> ready, BulkEsp esp) {
		List<Outcome> outcomes = new ArrayList<>(ready.size());
		List<Ready> inTime = new ArrayList<>(ready.size());
		for (Ready message : ready) {
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

	private List<SubmitOutcome> callAll(List<Ready> ready, BulkEsp esp) {
		List<OutboundEmail> emails = ready.stream().map(Ready::email).toList();
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

	private Outcome outcome(Ready ready, SubmitOutcome result, long begun) {
		Claimed claimed = ready.claimed();
		this.roster.note(claimed.esp(), result);
		Outcome outcome = new Outcome(claimed, result, this.clock.instant(), ready.addressHash(),
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
	private boolean isLate(Claimed claimed) {
		Duration half = this.settings.lease().dividedBy(2);
		return this.ticker.getAsLong() - claimed.claimedNanos() >= half.toNanos()
				|| !this.clock.instant().isBefore(claimed.claimedAt().plus(half));
	}

	private SubmitOutcome call(Ready ready) {
		try {
			return this.roster.require(ready.claimed().esp()).submit(ready.email());
		}
		catch (RuntimeException fault) {
			logger.error("ESP '{}' broke its contract with {}", ready.claimed().esp(), fault.getClass().getName());
			return new SubmitOutcome.Unknown("esp.fault");
		}
	}

	private Outcome local(Claimed claimed, SubmitOutcome result) {
		this.metrics.timer("waypost.delivery.send.submit", "esp", "none", "outcome", "local").record(Duration.ZERO);
		return Outcome.local(claimed, result, this.clock.instant());
	}

	/**
	 * A message at the door.
	 *
	 * @param claimed the send
	 * @param email the message
	 * @param addressHash keyed hash of its address
	 */
	record Ready(Claimed claimed, OutboundEmail email, String addressHash) {

	}

}
