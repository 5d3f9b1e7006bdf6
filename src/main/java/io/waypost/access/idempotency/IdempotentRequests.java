package io.waypost.access.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.SecretCipher;
import io.waypost.database.TenantScope;
import io.waypost.kernel.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Carries out each request with an Idempotency-Key once, on all nodes together. Answers
 * are encrypted, because they contain new tokens, invitations and personal data.
 */
@Component
class IdempotentRequests {

	/** How long an answer is stored. */
	static final Duration LIFETIME = Duration.ofHours(24);

	/**
	 * How long a key is blocked after a crash; leases of running requests are renewed.
	 */
	static final Duration LEASE = Duration.ofMinutes(2);

	private static final Logger LOG = LoggerFactory.getLogger(IdempotentRequests.class);

	private static final String RETRY_SECONDS = "2";

	/** Expired answers are deleted so often. */
	private static final String FULL_RETRY_SECONDS = "600";

	private final IdempotentRequestRepository requests;

	private final IdempotencyQuota quota;

	private final SecretCipher cipher;

	private final Clock clock;

	private final Set<UUID> running = ConcurrentHashMap.newKeySet();

	IdempotentRequests(IdempotentRequestRepository requests, IdempotencyQuota quota, SecretCipher cipher, Clock clock) {
		this.requests = requests;
		this.quota = quota;
		this.cipher = cipher;
		this.clock = clock;
	}

	/** What to do with a request. */
	sealed interface Answer {

		/**
		 * The caller of this method carries it out, and then calls {@link #finish}.
		 *
		 * @param claim the claim to finish
		 */
		record CarryOut(KeyClaim.Granted claim) implements Answer {

		}

		/**
		 * It was carried out before.
		 *
		 * @param answer the response of then
		 */
		record Replay(StoredAnswer answer) implements Answer {

		}

	}

	/**
	 * Takes the key of a request.
	 * @throws InvalidRequestException a 422 when the key was used with another body, a
	 * 409 while the first request is in progress or when its answer was too large, a 429
	 * for a new key when the caller or the tenant has too many
	 */
	Answer begin(KeyedRequest request, String key) {
		this.quota.problem(request.tenant(), request.caller())
			.filter((problem) -> !this.requests.isUsed(request, this.clock.instant()))
			.ifPresent((problem) -> {
				throw tooMany(problem);
			});
		return switch (this.requests.claim(request, this.clock.instant(), LEASE, LIFETIME)) {
			case KeyClaim.Granted granted -> {
				this.running.add(granted.attempt());
				this.quota.addKey(granted.tenant(), granted.caller());
				yield new Answer.CarryOut(granted);
			}
			case KeyClaim.Taken taken when !taken.same() -> throw otherBody(key);
			case KeyClaim.Taken(UUID id, boolean same, byte[] sealed) when sealed != null ->
				new Answer.Replay(complete(answer(request.tenant(), id, sealed), key));
			case KeyClaim.Taken taken -> throw inProgress(key);
		};
	}

	/**
	 * Stores the answer of a successful request. A refused request changed nothing, so
	 * its key is free again. After a failure of the server the same request may be sent
	 * again. Never fails, because the request has been carried out.
	 */
	void finish(KeyClaim.Granted claim, StoredAnswer answer, boolean storesAnswer) {
		try {
			if (answer.status() >= 400 && answer.status() < 500) {
				this.requests.delete(claim);
			}
			else if (answer.status() >= 500 || !storesAnswer) {
				this.requests.endLease(claim, this.clock.instant());
			}
			else {
				store(claim, sealed(claim, answer));
			}
		}
		catch (DataAccessException | IllegalStateException failure) {
			LOG.warn("The answer of request {} is not stored; a repeated request is carried out again in {} s",
					claim.request(), LEASE.toSeconds(), failure);
		}
		finally {
			this.running.remove(claim.attempt());
		}
	}

	private void store(KeyClaim.Granted claim, byte[] sealed) {
		if (this.requests.store(claim, sealed)) {
			this.quota.addBytes(claim.tenant(), claim.caller(), sealed.length);
		}
		else {
			LOG.warn("Request {} took longer than its lease; its answer is not stored", claim.request());
		}
	}

	/**
	 * Finds the id of a user's account.
	 * @throws InvalidRequestException a 401 for a user who was deleted meanwhile
	 */
	UUID account(Caller user) {
		return this.requests.findAccount(user.tenant(), user.name())
			.orElseThrow(() -> new InvalidRequestException(HttpStatus.UNAUTHORIZED,
					"The user '%s' was deleted; sign in as another user".formatted(user.name()), List.of()));
	}

	/** Renews the leases of this node's requests. */
	@Scheduled(fixedDelay = 20_000)
	void renewLeases() {
		List<UUID> attempts = List.copyOf(this.running);
		if (!attempts.isEmpty()) {
			TenantScope.runAll(() -> this.requests.renew(attempts, this.clock.instant().plus(LEASE)));
		}
	}

	/** Deletes what is older than 24 hours. */
	@Scheduled(initialDelay = 60_000, fixedDelay = 600_000)
	void deleteExpired() {
		TenantScope.runAll(() -> {
			while (this.requests.deleteExpired(this.clock.instant())) {
				LOG.debug("More expired answers are deleted");
			}
		});
	}

	private byte[] sealed(KeyClaim.Granted claim, StoredAnswer answer) {
		return this.cipher.seal(claim.tenant(), purpose(claim.request()), answer.toBytes());
	}

	private StoredAnswer answer(TenantId tenant, UUID request, byte[] sealed) {
		return StoredAnswer.fromBytes(this.cipher.open(tenant, purpose(request), sealed));
	}

	private static String purpose(UUID request) {
		return "idempotent-request:" + request;
	}

	private static StoredAnswer complete(StoredAnswer answer, String key) {
		if (!answer.isComplete()) {
			throw InvalidRequestException.conflict(
					"The request with the Idempotency-Key '%s' was carried out with status %d, but its response of %d bytes is too large to repeat; read the result with GET"
						.formatted(key, answer.status(), answer.size()));
		}
		return answer;
	}

	private static InvalidRequestException otherBody(String key) {
		return new InvalidRequestException(HttpStatus.UNPROCESSABLE_ENTITY,
				"Idempotency-Key '%s' was used with another body; use a new key".formatted(key), List.of());
	}

	private static InvalidRequestException tooMany(String reason) {
		InvalidRequestException problem = new InvalidRequestException(HttpStatus.TOO_MANY_REQUESTS,
				"%s. Send the request without Idempotency-Key, or wait: a key is free again 24 hours after its request"
					.formatted(reason),
				List.of());
		problem.getHeaders().set(HttpHeaders.RETRY_AFTER, FULL_RETRY_SECONDS);
		return problem;
	}

	private static InvalidRequestException inProgress(String key) {
		InvalidRequestException problem = InvalidRequestException
			.conflict("The first request with the Idempotency-Key '%s' is in progress; retry after %s seconds"
				.formatted(key, RETRY_SECONDS));
		problem.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
		return problem;
	}

}
