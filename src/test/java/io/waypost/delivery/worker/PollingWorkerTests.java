package io.waypost.delivery.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PollingWorkerTests {

	@Test
	void pollsAgainAfterAnError() throws Exception {
		CountDownLatch polls = new CountDownLatch(3);
		PollingWorker worker = new PollingWorker("failing", Duration.ofMillis(1)) {
			@Override
			protected boolean poll() {
				polls.countDown();
				throw new StackOverflowError();
			}
		};
		worker.start();
		try {
			assertThat(polls.await(5, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			worker.stop();
		}
	}

}
