package io.waypost.access;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Limits how many previews run at the same time, so that previews cannot take the
 * processors from sends. A preview waits half a second for another one to end.
 */
public final class PreviewLimit {

	private static final long WAIT_MILLIS = 500;

	private final Semaphore permits;

	private final int maximum;

	/**
	 * Creates a limit.
	 * @param maximum how many previews may run at the same time
	 */
	public PreviewLimit(int maximum) {
		this.permits = new Semaphore(maximum);
		this.maximum = maximum;
	}

	/**
	 * Runs a preview.
	 * @param preview the preview
	 * @param <T> type of its result
	 * @return its result
	 * @throws InvalidRequestException a 429 when too many run
	 */
	public <T> T call(Supplier<T> preview) {
		if (!acquire()) {
			throw refused();
		}
		try {
			return preview.get();
		}
		finally {
			this.permits.release();
		}
	}

	private boolean acquire() {
		try {
			return this.permits.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private InvalidRequestException refused() {
		InvalidRequestException problem = new InvalidRequestException(HttpStatus.TOO_MANY_REQUESTS,
				"%d previews run at the same time, which is the maximum; retry in a second, or raise waypost.content.max-concurrent-previews"
					.formatted(this.maximum),
				List.of());
		problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
		return problem;
	}

}
