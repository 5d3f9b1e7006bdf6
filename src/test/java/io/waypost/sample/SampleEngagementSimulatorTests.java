package io.waypost.sample;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

import io.waypost.delivery.esp.EspEvent.Type;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SandboxRecipients.SimulatedEvent;
import io.waypost.kernel.EmailAddress;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SampleEngagementSimulatorTests {

	private static final int PEOPLE = 20_000;

	private final SampleEngagementSimulator readers = new SampleEngagementSimulator(new SplittableRandom(7));

	@Test
	void reactsMoreToQuestions() {
		assertThat(clickRate("Where should your next parcel go, Anna?")).isCloseTo(
				SampleEngagementSimulator.QUESTION_OPEN_RATE * SampleEngagementSimulator.QUESTION_CLICK_RATE,
				within(0.015));
		assertThat(clickRate("Your orders travel with a new carrier"))
			.isCloseTo(SampleEngagementSimulator.OPEN_RATE * SampleEngagementSimulator.CLICK_RATE, within(0.015));
	}

	@Test
	void opensBeforeItClicks() {
		for (int person = 0; person < 500; person++) {
			List<SimulatedEvent> reactions = read("anna.weber" + person + "@example.org", "A question?");
			assertThat(reactions.stream().map(SimulatedEvent::type)).isIn(List.of(), List.of(Type.OPENED),
					List.of(Type.OPENED, Type.CLICKED));
			assertThat(reactions.stream().map(SimulatedEvent::after).toList()).isSorted();
		}
	}

	@Test
	void ignoresOtherRecipients() {
		for (int person = 0; person < 100; person++) {
			assertThat(read("ada@example.com", "A question?")).isEmpty();
			assertThat(read("c" + person + "@example.com", "A question?")).isEmpty();
			assertThat(read("anna.weber1@shop.test", "A question?")).isEmpty();
		}
	}

	private double clickRate(String subject) {
		return IntStream.range(0, PEOPLE)
			.mapToObj((person) -> read("anna.weber" + person + "@example.com", subject))
			.filter((reactions) -> reactions.stream().anyMatch((reaction) -> reaction.type() == Type.CLICKED))
			.count() / (double) PEOPLE;
	}

	private List<SimulatedEvent> read(String address, String subject) {
		return this.readers.react(new OutboundEmail(new TenantId("t"), new SendId(new UUID(1, 2)),
				new ProfileId(new UUID(3, 4)), "Shop", EmailAddress.parse("shop@example.com").orElseThrow(),
				EmailAddress.parse(address).orElseThrow(), subject, "<html>", "text", Map.of(), "hash"));
	}

}
