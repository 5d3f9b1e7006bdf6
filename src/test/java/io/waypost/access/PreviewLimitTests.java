package io.waypost.access;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PreviewLimitTests {

	private final PreviewLimit limit = new PreviewLimit(1);

	@Test
	void refusesAPreviewWhileTooManyRun() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
			Future<String> running = threads.submit(() -> this.limit.call(() -> {
				started.countDown();
				await(end);
				return "first";
			}));
			started.await();
			assertThatThrownBy(() -> this.limit.call(() -> "second"))
				.isInstanceOfSatisfying(InvalidRequestException.class, (refused) -> {
					assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
					assertThat(refused.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
					assertThat(refused.getBody().getDetail()).contains("waypost.content.max-concurrent-previews");
				});
			end.countDown();
			assertThat(running.get()).isEqualTo("first");
		}
		assertThat(this.limit.call(() -> "third")).isEqualTo("third");
	}

	@Test
	void releasesThePermitOfAPreviewThatFails() {
		for (int i = 0; i < 3; i++) {
			assertThatThrownBy(() -> this.limit.call(() -> {
				throw new IllegalStateException("broken");
			})).hasMessage("broken");
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
