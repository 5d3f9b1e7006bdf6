package io.waypost.ingestion;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Values are cached in proportion to their load time. */
class LoadTimeCacheTests {

	private final AtomicLong nanos = new AtomicLong();

	private final AtomicInteger loads = new AtomicInteger();

	private final LoadTimeCache<String, Integer> cache = new LoadTimeCache<>(this.nanos::get);

	@Test
	void cachesForFiftyTimesTheLoadTime() {
		assertThat(get(1_000_000)).isEqualTo(1);
		this.nanos.addAndGet(49_000_000);
		assertThat(get(1_000_000)).isEqualTo(1);
		this.nanos.addAndGet(1_000_000);
		assertThat(get(1_000_000)).isEqualTo(2);
	}

	@Test
	void cachesForAtMostOneMinute() {
		assertThat(get(10_000_000_000L)).isEqualTo(1);
		this.nanos.addAndGet(60_000_000_000L);
		assertThat(get(1)).isEqualTo(2);
	}

	private int get(long takes) {
		return this.cache.get("key", () -> {
			this.nanos.addAndGet(takes);
			return this.loads.incrementAndGet();
		});
	}

}
