package io.waypost.journey.run;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;

import static org.assertj.core.api.Assertions.assertThat;

class RunStarterTests {

	/** One error must not stop the runs of all tenants. */
	@ParameterizedTest
	@ValueSource(classes = { StackOverflowError.class, IllegalStateException.class, AssertionError.class })
	void continuesAfterAFailure(Class<? extends Throwable> failure) throws InterruptedException {
		CountDownLatch attempts = new CountDownLatch(3);
		RunStarter starter = starter(() -> {
			attempts.countDown();
			throw thrown(failure);
		});
		starter.start();
		try {
			assertThat(attempts.await(10, TimeUnit.SECONDS)).as("three attempts of the same thread").isTrue();
		}
		finally {
			starter.stop();
		}
	}

	@Test
	void stopsWhenItIsTold() {
		RunStarter starter = starter(() -> {
			throw new IllegalStateException("nothing to start");
		});
		starter.start();
		starter.stop();
		assertThat(starter.isRunning()).isFalse();
	}

	private static RunStarter starter(Supplier<RunBatchStarter> batches) {
		return new RunStarter(provider(batches), provider(() -> null), provider(() -> null),
				new JourneySettings(Duration.ofDays(3), 1, 20, Duration.ofMillis(5), 6), Clock.systemUTC());
	}

	private static <T> ObjectProvider<T> provider(Supplier<T> supplier) {
		return new ObjectProvider<>() {
			@Override
			public T getObject() {
				return supplier.get();
			}
		};
	}

	/** Throws an Error and returns an exception. */
	private static RuntimeException thrown(Class<? extends Throwable> type) {
		try {
			Throwable failure = type.getDeclaredConstructor().newInstance();
			if (failure instanceof Error error) {
				throw error;
			}
			return (RuntimeException) failure;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
