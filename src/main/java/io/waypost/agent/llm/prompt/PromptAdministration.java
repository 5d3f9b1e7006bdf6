package io.waypost.agent.llm.prompt;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.waypost.access.Caller;
import io.waypost.access.InvalidRequestException;
import io.waypost.access.SecondPerson;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds and approves versions of prompts. Only the prompt that writes can be replaced: the
 * one that judges is a check, and its answers are not tested against cases.
 */
@Component
class PromptAdministration {

	static final String WRITE = "write-email";

	private final PromptRepository repository;

	private final ShippedPrompts shipped;

	private final Prompts prompts;

	private final SecondPerson persons;

	private final Ledger ledger;

	private final TransactionTemplate transaction;

	private final Clock clock;

	PromptAdministration(PromptRepository repository, ShippedPrompts shipped, Prompts prompts, SecondPerson persons,
			Ledger ledger, TransactionTemplate transaction, Clock clock) {
		this.repository = repository;
		this.shipped = shipped;
		this.prompts = prompts;
		this.persons = persons;
		this.ledger = ledger;
		this.transaction = transaction;
		this.clock = clock;
	}

	/** Lists versions, newest first; the last one is the shipped text. */
	List<PromptVersion> list(TenantId tenant, int before, int limit) {
		int live = this.repository.findLive(tenant, WRITE).map(Prompt::version).orElse(ShippedPrompts.VERSION);
		List<PromptVersion> versions = new ArrayList<>(this.repository.list(tenant, WRITE, live, before, limit));
		if (versions.size() < limit && before > ShippedPrompts.VERSION) {
			Prompt prompt = this.shipped.get(WRITE);
			versions.add(new PromptVersion(WRITE, prompt.version(), prompt.system(), prompt.user(),
					"Shipped with the product", live == prompt.version(), null, null));
		}
		return versions;
	}

	/**
	 * Finds a version.
	 * @throws InvalidRequestException a 404 when there is none
	 */
	PromptVersion get(TenantId tenant, String name, int version) {
		return ((name.equals(WRITE) && version > 0 && version < Integer.MAX_VALUE)
				? list(tenant, version + 1, 1).stream() : Stream.<PromptVersion>empty())
			.filter((found) -> found.version() == version)
			.findFirst()
			.orElseThrow(() -> InvalidRequestException.notFound(
					"There is no version %d of prompt '%s'; GET /api/v1/prompts lists them".formatted(version, name)));
	}

	PromptVersion add(Caller caller, PromptBody body) {
		String name = known(body.name());
		int version = this.repository.add(caller.tenant(), name, body, caller.actor(), this.clock.instant());
		if (version == 0) {
			throw InvalidRequestException
				.conflict("Another version of prompt '%s' was added at the same time; send the request again"
					.formatted(name));
		}
		return get(caller.tenant(), name, version);
	}

	/** Makes a version live. The shipped text needs no second person. */
	PromptVersion approve(Caller caller, String name, int version) {
		TenantId tenant = caller.tenant();
		PromptVersion wanted = get(tenant, name, version);
		String author = wanted.createdBy();
		if (author != null) {
			this.persons.require(tenant, caller.actor(), author, "Version %d of prompt '%s'".formatted(version, name));
		}
		this.transaction.executeWithoutResult((status) -> {
			Instant now = this.clock.instant();
			if (this.repository.approve(tenant, name, version, caller.actor(), now)) {
				this.ledger.record(List.of(new LedgerEntry(tenant, now, "prompt.approved", "prompt:" + name,
						caller.actor(), Map.of("version", version))));
			}
		});
		this.prompts.forget(tenant, name);
		return get(tenant, name, version);
	}

	private static String known(@Nullable String name) {
		if (!WRITE.equals(name)) {
			throw InvalidRequestException.badRequest("/name",
					"'%s' is not a prompt that can be replaced; use '%s'".formatted(name, WRITE));
		}
		return WRITE;
	}

}
