package io.waypost.delivery.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.waypost.delivery.esp.Esp;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SubmitOutcome;
import io.waypost.kernel.SendId;

/** A provider that counts calls and answers by a function. */
public class FakeEsp implements Esp {

	private final String name;

	public final Map<SendId, AtomicInteger> calls = new ConcurrentHashMap<>();

	public volatile Function<OutboundEmail, SubmitOutcome> script = (email) -> new SubmitOutcome.Accepted(
			"fake-" + email.send());

	FakeEsp(String name) {
		this.name = name;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public SubmitOutcome submit(OutboundEmail email) {
		this.calls.computeIfAbsent(email.send(), (send) -> new AtomicInteger()).incrementAndGet();
		return this.script.apply(email);
	}

	public int calls(SendId send) {
		return this.calls.getOrDefault(send, new AtomicInteger()).get();
	}

}
