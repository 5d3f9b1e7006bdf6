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
import io.waypost.delivery.ContentClearance;
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
 * Submits claimed sends to their provider, outside any transaction. Each send ends in
 * exactly one outcome, also after failures.
 */
class EspSubmitter {

	private static final Logger logger = LoggerFactory.getLogger(EspSubmitter.class);

	private final DispatchPorts.AddressBook addressBook;

	private final DispatchPorts.AddressHasher addressHasher;

	private final DispatchPorts.BrandKitSource brands;

	private final EmailComposer composer;

	private final EspRegistry registry;

	private final DeliverySettings settings;

	private final MeterRegistry metrics;

	private final Clock clock;

	private final LongSupplier ticker;

	/**
	 * By provider and outcome, because a look-up in the registry costs more than a
	 * measurement.
	 */
	private final Map<String, Timer> timers = new ConcurrentHashMap<>();

	EspSubmitter(DispatchPorts.AddressBook addressBook, DispatchPorts.AddressHasher addressHasher,
			DispatchPorts.BrandKitSource brands, EmailComposer composer, EspRegistry registry,
			DeliverySettings settings, MeterRegistry metrics, Clock clock, LongSupplier ticker) {
		this.addressBook = addressBook;
		this.addressHasher = addressHasher;
		this.brands = brands;
		this.composer = composer;
		this.registry = registry;
		this.settings = settings;
		this.metrics = metrics;
		this.clock = clock;
		this.ticker = ticker;
	}

	/**
	 * Reads the addresses with one statement per tenant and renders the messages on the
	 * calling thread.
	 * @param claimed sends to prepare
	 * @param failed receives the outcome of sends that cannot be submitted
	 * @return the prepared messages
	 */
	List<PreparedMessage> prepare(List<ClaimedSend> claimed, Consumer<SendOutcome> failed) {
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
			people = this.addressBook.open(tenant, profiles);
			brand = this.brands.require(tenant);
		}
		catch (RuntimeException failure) {
			// No provider was called: a definite refusal, retried later
			logger.warn("Addresses or brand of tenant {} cannot be read: {}", tenant,
					failure.getClass().getSimpleName());
			sends.forEach((send) -> failed.accept(local(send, new SubmitOutcome.Refused("not_prepared", null))));
			return;
		}
		String visible = brand.visibleDigest();
		for (ClaimedSend send : sends) {
			if (visible.equals(send.source().brand())) {
				prepare(send, people.get(send.profile()), brand, ready, failed);
			}
			else {
				failed.accept(local(send, new SubmitOutcome.Rejected(ContentClearance.BRAND_CHANGED)));
			}
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
			ready.add(new PreparedMessage(send, email, this.addressHasher.hash(send.tenant(), address).hex()));
		}
		catch (RuntimeException failure) {
			// The exception's message may quote content, so only type and location are
			// logged
			logger.error("Send {} cannot be rendered: {} at {}", send.send(), failure.getClass().getName(),
					location(failure));
			failed.accept(local(send, new SubmitOutcome.Rejected("render_failed")));
		}
	}

	private static String location(RuntimeException failure) {
		StackTraceElement[] trace = failure.getStackTrace();
		return (trace.length == 0) ? "unknown" : trace[0].toString();
	}

	/**
	 * Calls the provider once. Blocks; runs on a virtual thread.
	 * @param ready the message
	 * @return its outcome
	 */
	SendOutcome submit(PreparedMessage ready) {
		ClaimedSend claimed = ready.claimed();
		if (isLate(claimed)) {
			// A paused process may have lost its lease; a second call must not happen
			return local(claimed, new SubmitOutcome.Refused("lease_too_old", null));
		}
		long startedAt = System.nanoTime();
		SubmitOutcome result = call(ready);
		return outcome(ready, result, startedAt);
	}

	/**
	 * Calls a provider once for many messages. Blocks; runs on a virtual thread.
	 * @param ready messages for this provider
	 * @param esp the provider
	 * @return one outcome per message, in any order
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
		long startedAt = System.nanoTime();
		List<SubmitOutcome> results = callAll(inTime, esp);
		for (int i = 0; i < inTime.size(); i++) {
			outcomes.add(outcome(inTime.get(i), results.get(i), startedAt));
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
			logger.error("ESP '{}' returned {} outcomes for {} messages", esp.name(), results.size(), emails.size());
		}
		catch (RuntimeException failure) {
			logger.error("ESP '{}' failed with unexpected {}", esp.name(), failure.getClass().getName());
		}
		return Collections.nCopies(emails.size(), new SubmitOutcome.Unknown("esp.fault"));
	}

	private SendOutcome outcome(PreparedMessage ready, SubmitOutcome result, long startedAt) {
		ClaimedSend claimed = ready.claimed();
		this.registry.recordOutcome(claimed.esp(), result);
		SendOutcome outcome = new SendOutcome(claimed, result, this.clock.instant(), ready.addressHash(),
				ready.email().contentHash());
		this.timers.computeIfAbsent(claimed.esp() + ' ' + outcome.name(), (key) -> timer(claimed.esp(), outcome.name()))
			.record(System.nanoTime() - startedAt, TimeUnit.NANOSECONDS);
		return outcome;
	}

	private Timer timer(String esp, String outcome) {
		return Timer.builder("waypost.delivery.send.submit")
			.tags("esp", esp, "outcome", outcome)
			.publishPercentiles(0.5, 0.95, 0.99)
			.register(this.metrics);
	}

	/**
	 * Compares both clocks: the monotonic one stops while the machine sleeps, the wall
	 * clock can be set back.
	 */
	private boolean isLate(ClaimedSend claimed) {
		Duration half = this.settings.lease().dividedBy(2);
		return this.ticker.getAsLong() - claimed.claimedNanos() >= half.toNanos()
				|| !this.clock.instant().isBefore(claimed.claimedAt().plus(half));
	}

	private SubmitOutcome call(PreparedMessage ready) {
		try {
			return this.registry.require(ready.claimed().esp()).submit(ready.email());
		}
		catch (RuntimeException failure) {
			logger.error("ESP '{}' failed with unexpected {}", ready.claimed().esp(), failure.getClass().getName());
			return new SubmitOutcome.Unknown("esp.fault");
		}
	}

	private SendOutcome local(ClaimedSend claimed, SubmitOutcome result) {
		this.metrics.timer("waypost.delivery.send.submit", "esp", "none", "outcome", "local").record(Duration.ZERO);
		return SendOutcome.local(claimed, result, this.clock.instant());
	}

	/**
	 * A rendered message of a claimed send.
	 *
	 * @param claimed the send
	 * @param email the message
	 * @param addressHash keyed hash of its address
	 */
	record PreparedMessage(ClaimedSend claimed, OutboundEmail email, String addressHash) {

	}

}
