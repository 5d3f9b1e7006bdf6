package io.waypost.access.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.kernel.Fingerprint;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Limits the keys and the stored responses of a caller and of a tenant. Usage is counted
 * in the database at most every 10 seconds, and each time when this node has added 2 % of
 * a limit since. So a limit can be exceeded by 2 % for each node.
 */
@Component
@EnableConfigurationProperties(IdempotencySettings.class)
class IdempotencyQuota {

	private static final Duration COUNTED_EVERY = Duration.ofSeconds(10);

	/** Counted again after this part of a limit. */
	private static final int PARTS = 50;

	private static final int MAX_ENTRIES = 10_000;

	private final IdempotentRequestRepository requests;

	private final IdempotencySettings settings;

	private final Cache<Holder, Usage> usages;

	IdempotencyQuota(IdempotentRequestRepository requests, IdempotencySettings settings, Clock clock) {
		this.requests = requests;
		this.settings = settings;
		this.usages = Caffeine.newBuilder()
			.maximumSize(MAX_ENTRIES)
			.expireAfterWrite(COUNTED_EVERY)
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.build();
	}

	/** Whose keys are counted; without a caller those of the whole tenant. */
	private record Holder(TenantId tenant, @Nullable Fingerprint caller) {

	}

	/**
	 * What is stored, as the database counts it.
	 *
	 * @param keys number of keys, at most the asked limit
	 * @param bytes size of their responses
	 */
	record Stored(long keys, long bytes) {

	}

	private record Usage(Stored stored, LongAdder keys, LongAdder bytes) {

	}

	/**
	 * Checks whether a caller may store one more response.
	 * @return which limit is reached and its setting, as the beginning of a sentence;
	 * empty when it may
	 */
	Optional<String> problem(TenantId tenant, Fingerprint caller) {
		return problem(new Holder(tenant, caller), this.settings.callerKeys(), this.settings.callerSize().toBytes(),
				"This caller", "caller")
			.or(() -> problem(new Holder(tenant, null), this.settings.tenantKeys(),
					this.settings.tenantSize().toBytes(), "This tenant", "tenant"));
	}

	private Optional<String> problem(Holder holder, int maxKeys, long maxBytes, String who, String setting) {
		Usage usage = usage(holder, maxKeys, maxBytes);
		if (usage.stored().keys() + usage.keys().sum() >= maxKeys) {
			return Optional
				.of("%s has used %d keys in 24 hours (waypost.idempotency.%s-keys)".formatted(who, maxKeys, setting));
		}
		if (usage.stored().bytes() + usage.bytes().sum() >= maxBytes) {
			return Optional.of("%s has stored %d bytes of responses in 24 hours (waypost.idempotency.%s-size)"
				.formatted(who, maxBytes, setting));
		}
		return Optional.empty();
	}

	private Usage usage(Holder holder, int maxKeys, long maxBytes) {
		Usage known = this.usages.getIfPresent(holder);
		if (known != null && known.keys().sum() <= maxKeys / PARTS && known.bytes().sum() <= maxBytes / PARTS) {
			return known;
		}
		Usage counted = new Usage(this.requests.count(holder.tenant(), holder.caller(), maxKeys), new LongAdder(),
				new LongAdder());
		this.usages.put(holder, counted);
		return counted;
	}

	/** Counts a key that this node took. */
	void addKey(TenantId tenant, Fingerprint caller) {
		add(tenant, caller, 1, 0);
	}

	/** Counts a response that this node stored. */
	void addBytes(TenantId tenant, Fingerprint caller, int bytes) {
		add(tenant, caller, 0, bytes);
	}

	private void add(TenantId tenant, Fingerprint caller, int keys, int bytes) {
		for (Holder holder : new Holder[] { new Holder(tenant, caller), new Holder(tenant, null) }) {
			Usage usage = this.usages.getIfPresent(holder);
			if (usage != null) {
				usage.keys().add(keys);
				usage.bytes().add(bytes);
			}
		}
	}

}
