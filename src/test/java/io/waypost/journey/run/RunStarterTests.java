package io.waypost.journey.run;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;

import static org.assertj.core.api.Assertions.assertThat;

class RunStarterTests {

	@Test
	void startsRunsAfterAnError() throws Exception {
		CountDownLatch attempts = new CountDownLatch(3);
		RunStarter starter = new RunStarter(failing(attempts), failing(new CountDownLatch(0)),
				failing(new CountDownLatch(0)), new JourneySettings(Duration.ofDays(1), 1, 1, Duration.ofMillis(1), 1),
				Clock.systemUTC());
		starter.start();
		try {
			assertThat(attempts.await(5, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			starter.stop();
		}
	}

	private static <T> ObjectProvider<T> failing(CountDownLatch attempts) {
		return new ObjectProvider<>() {
			@Override
			public T getObject() {
				attempts.countDown();
				throw new StackOverflowError();
			}
		};
	}

}
