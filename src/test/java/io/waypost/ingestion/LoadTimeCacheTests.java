package io.waypost.ingestion;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadTimeCacheTests {

	private final AtomicLong nanos = new AtomicLong();

	private final AtomicInteger asked = new AtomicInteger();

	private final LoadTimeCache<String, Integer> paced = new LoadTimeCache<>(this.nanos::get);

	@Test
	void remembersFiftyTimesAsLongAsItTook() {
		assertThat(get(1_000_000)).isEqualTo(1);
		this.nanos.addAndGet(49_000_000);
		assertThat(get(1_000_000)).isEqualTo(1);
		this.nanos.addAndGet(1_000_000);
		assertThat(get(1_000_000)).isEqualTo(2);
	}

	@Test
	void remembersAMinuteAtTheMost() {
		assertThat(get(10_000_000_000L)).isEqualTo(1);
		this.nanos.addAndGet(60_000_000_000L);
		assertThat(get(1)).isEqualTo(2);
	}

	private int get(long takes) {
		return this.paced.get("key", () -> {
			this.nanos.addAndGet(takes);
			return this.asked.incrementAndGet();
		});
	}

}
