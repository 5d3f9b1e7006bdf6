package io.waypost.access.limit;

import java.time.Duration;
import java.util.List;

import io.waypost.access.InvalidRequestException;
import io.waypost.kernel.TenantId;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Limits the request rates of callers and tenants, and describes them in the headers
 * {@code RateLimit-Policy} and {@code RateLimit}
 * (draft-ietf-httpapi-ratelimit-headers-10).
 */
@Component
public class RequestLimiter {

	private static final long NANOS = Duration.ofSeconds(1).toNanos();

	private final RateLimiter limiter;

	private final TenantLimits limits;

	private final int burstSeconds;

	RequestLimiter(RateLimiter limiter, TenantLimits limits, RateLimitSettings settings) {
		this.limiter = limiter;
		this.limits = limits;
		this.burstSeconds = settings.burstSeconds();
	}

	/**
	 * Counts a request of a source.
	 * @param tenant the source's tenant
	 * @param source name of the source
	 * @param rate rate of the source
	 * @param response receives the headers
	 * @throws InvalidRequestException a 429 with Retry-After
	 */
	public void countEvents(TenantId tenant, String source, RequestRate rate, HttpServletResponse response) {
		int perSecond = this.limits.of(tenant).eventRequestsPerSecond();
		count(response, "source:" + tenant + ":" + source, rate, "events:" + tenant, rate(perSecond),
				"put more events into one batch");
	}

	/**
	 * Counts a request of a caller of the management API.
	 * @param tenant the caller's tenant
	 * @param caller name of the user or token
	 * @param perSecond rate of the caller
	 * @param response receives the headers
	 * @throws InvalidRequestException a 429 with Retry-After
	 */
	void countApi(TenantId tenant, String caller, int perSecond, HttpServletResponse response) {
		count(response, "caller:" + tenant + ":" + caller, rate(perSecond), "api:" + tenant,
				rate(this.limits.of(tenant).apiRequestsPerSecond()), "send fewer requests, or read larger pages");
	}

	private RequestRate rate(int perSecond) {
		return new RequestRate(perSecond, Math.clamp((long) perSecond * this.burstSeconds, 1, Integer.MAX_VALUE));
	}

	private void count(HttpServletResponse response, String key, RequestRate keyRate, String tenant,
			RequestRate tenantRate, String remedy) {
		RateDecision ofKey = this.limiter.take(key, keyRate);
		// A request that the key's rate refuses does not use up the rate of the tenant
		RateDecision ofTenant = ofKey.allowed() ? this.limiter.take(tenant, tenantRate) : null;
		StringBuilder policy = new StringBuilder(64);
		StringBuilder state = new StringBuilder(64);
		describe("key", keyRate, ofKey, policy, state);
		if (ofTenant != null) {
			policy.append(", ");
			state.append(", ");
			describe("tenant", tenantRate, ofTenant, policy, state);
		}
		response.setHeader("RateLimit-Policy", policy.toString());
		response.setHeader("RateLimit", state.toString());
		if (!ofKey.allowed()) {
			throw refused("This key sends too many requests", remedy, ofKey);
		}
		if (ofTenant != null && !ofTenant.allowed()) {
			throw refused("The keys of this tenant together send too many requests", remedy, ofTenant);
		}
	}

	/** q and w: the policy; r: requests left; t: seconds until all are available. */
	private static void describe(String name, RequestRate rate, RateDecision decision, StringBuilder policy,
			StringBuilder state) {
		policy.append('"').append(name).append("\";q=").append(rate.burst()).append(";w=").append(rate.windowSeconds());
		long missing = rate.burst() - decision.remaining();
		state.append('"')
			.append(name)
			.append("\";r=")
			.append(decision.remaining())
			.append(";t=")
			.append(Math.ceilDiv(missing, rate.perSecond()));
	}

	private static InvalidRequestException refused(String what, String remedy, RateDecision decision) {
		InvalidRequestException problem = new InvalidRequestException(HttpStatus.TOO_MANY_REQUESTS,
				"%s; %s, and retry after the seconds in Retry-After".formatted(what, remedy), List.of());
		problem.getHeaders()
			.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, Math.ceilDiv(decision.waitNanos(), NANOS))));
		return problem;
	}

}
