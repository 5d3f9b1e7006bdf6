package io.waypost.agent.llm.prompt;

import java.time.Clock;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.waypost.database.TenantScope;
import io.waypost.kernel.ClockTicker;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/** Finds the prompt in use. */
@Component
public class Prompts {

	/** An approval on another node is in use after this time. */
	private static final Duration REMEMBERED = Duration.ofSeconds(3);

	private static final int CACHED = 1_000;

	private final PromptRepository repository;

	private final ShippedPrompts shipped;

	private final Cache<Key, Prompt> cache;

	Prompts(PromptRepository repository, ShippedPrompts shipped, Clock clock) {
		this.repository = repository;
		this.shipped = shipped;
		this.cache = Caffeine.newBuilder()
			.maximumSize(CACHED)
			.expireAfterWrite(REMEMBERED)
			.ticker(new ClockTicker(clock))
			.build();
	}

	/**
	 * Returns the version of a prompt that a tenant uses. An approval on another node is
	 * seen within 3 seconds.
	 * @param tenant the tenant
	 * @param name name of the prompt
	 * @return the prompt
	 * @throws IllegalArgumentException when there is no such prompt
	 */
	public Prompt current(TenantId tenant, String name) {
		return this.cache.get(new Key(tenant, name),
				(key) -> TenantScope.of(tenant, () -> this.repository.findLive(tenant, name))
					.orElseGet(() -> this.shipped.get(name)));
	}

	/** Forgets what was read, after an approval. */
	void forget(TenantId tenant, String name) {
		this.cache.invalidate(new Key(tenant, name));
	}

	private record Key(TenantId tenant, String name) {

	}

}
