package io.waypost.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import io.waypost.delivery.esp.EspEvent.Type;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SandboxRecipients;
import io.waypost.delivery.esp.SandboxRecipients.SimulatedEvent;

import org.springframework.stereotype.Component;

/**
 * Simulates opens and clicks of sample recipients. Subject lines with a question get more
 * of both, so that A/B tests have a result.
 */
@Component
@ConditionalOnSample
class SampleEngagementSimulator implements SandboxRecipients {

	static final double OPEN_RATE = 0.45;

	static final double QUESTION_OPEN_RATE = 0.7;

	/** Share of those who open. */
	static final double CLICK_RATE = 0.45;

	static final double QUESTION_CLICK_RATE = 0.6;

	private static final int SECONDS_TO_OPEN = 15;

	private static final int SECONDS_TO_CLICK = 8;

	/** Addresses of generated sample people; added people are not simulated. */
	private static final Pattern SAMPLE_ADDRESS = Pattern.compile("[a-z]+\\.[a-z]+\\d+@example\\.(?:com|org|net)");

	private final RandomGenerator random;

	SampleEngagementSimulator(RandomGenerator random) {
		this.random = random;
	}

	@Override
	public List<SimulatedEvent> react(OutboundEmail email) {
		boolean isQuestion = email.subject().contains("?");
		if (!SAMPLE_ADDRESS.matcher(email.to().value()).matches()
				|| this.random.nextDouble() >= (isQuestion ? QUESTION_OPEN_RATE : OPEN_RATE)) {
			return List.of();
		}
		Duration opened = Duration.ofMillis(this.random.nextInt(1_000, SECONDS_TO_OPEN * 1_000));
		List<SimulatedEvent> reactions = new ArrayList<>(List.of(new SimulatedEvent(Type.OPENED, opened)));
		if (this.random.nextDouble() < (isQuestion ? QUESTION_CLICK_RATE : CLICK_RATE)) {
			Duration clicked = Duration.ofMillis(this.random.nextInt(2_000, SECONDS_TO_CLICK * 1_000));
			reactions.add(new SimulatedEvent(Type.CLICKED, opened.plus(clicked)));
		}
		return reactions;
	}

}
