package io.waypost.access.user;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.waypost.access.InvalidRequestException;
import io.waypost.kernel.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Limits wrong current passwords of signed-in users, so that a stolen session does not
 * find out the password: ten of a session or client, then one every 30 seconds, and 30 of
 * a user over all sessions, then one every minute. Each node counts for itself, in
 * memory, like the limits of the sign-in.
 */
class CurrentPasswordThrottle {

	private static final int OF_SESSION = 10;

	private static final int OF_USER = 30;

	private static final int RETRY_SECONDS = 30;

	/** Bounds the memory. */
	private static final int MAX_ENTRIES = 20_000;

	private final Cache<List<String>, Bucket> buckets;

	private final Clock clock;

	CurrentPasswordThrottle(Clock clock) {
		this.clock = clock;
		this.buckets = Caffeine.newBuilder()
			.maximumSize(MAX_ENTRIES)
			.expireAfterAccess(Duration.ofHours(1))
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.build();
	}

	/**
	 * Takes an attempt before the password is checked, so that concurrent ones count.
	 * @throws InvalidRequestException a 429 when there were too many wrong ones
	 */
	void take(TenantId tenant, String user) {
		if (!ofSession(tenant, user).tryConsume(1) || !ofUser(tenant, user).tryConsume(1)) {
			InvalidRequestException refusal = new InvalidRequestException(HttpStatus.TOO_MANY_REQUESTS,
					"Too many wrong current passwords; retry after %d seconds, or let an administrator invite you again"
						.formatted(RETRY_SECONDS),
					List.of());
			refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_SECONDS));
			throw refusal;
		}
	}

	/** Gives the attempt back: the password was right. */
	void succeeded(TenantId tenant, String user) {
		ofSession(tenant, user).addTokens(1);
		ofUser(tenant, user).addTokens(1);
	}

	private Bucket ofSession(TenantId tenant, String user) {
		return this.buckets.get(List.of(tenant.value(), user, client()),
				(unseen) -> bucket(OF_SESSION, Duration.ofSeconds(30)));
	}

	/** The session of the request, or the address of a client without one. */
	private static String client() {
		if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current)) {
			return "";
		}
		HttpServletRequest request = current.getRequest();
		HttpSession session = request.getSession(false);
		return (session != null) ? session.getId() : request.getRemoteAddr();
	}

	private Bucket ofUser(TenantId tenant, String user) {
		return this.buckets.get(List.of(tenant.value(), user), (unseen) -> bucket(OF_USER, Duration.ofMinutes(1)));
	}

	private Bucket bucket(int attempts, Duration refill) {
		return Bucket.builder()
			.addLimit((rate) -> rate.capacity(attempts).refillIntervally(1, refill))
			.withCustomTimePrecision(new ClockTime(this.clock))
			.build();
	}

	private record ClockTime(Clock clock) implements TimeMeter {

		@Override
		public long currentTimeNanos() {
			return TimeUnit.MILLISECONDS.toNanos(this.clock.millis());
		}

		@Override
		public boolean isWallClockBased() {
			return true;
		}

	}

}
