package io.waypost.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import io.waypost.delivery.esp.EspEvent.Type;
import io.waypost.delivery.esp.OutboundEmail;
import io.waypost.delivery.esp.SandboxRecipients;

import org.springframework.stereotype.Component;

/**
 * The shop's people read their mail: some open it, and of those some follow a link. A
 * subject that asks them something interests more of them, so that there is something for
 * a test to find.
 */
@Component
@ConditionalOnSample
class SampleEngagementSimulator implements SandboxRecipients {

	static final double OPEN_RATE = 0.45;

	static final double QUESTION_OPEN_RATE = 0.7;

	/** Of those who open. */
	static final double CLICK_RATE = 0.45;

	static final double QUESTION_CLICK_RATE = 0.6;

	private static final int SECONDS_TO_OPEN = 15;

	private static final int SECONDS_TO_CLICK = 8;

	/** The people of the sample, and nobody else's that somebody lets in beside them. */
	private static final Pattern OURS = Pattern.compile("[a-z]+\\.[a-z]+\\d+@example\\.(?:com|org|net)");

	private final RandomGenerator random;

	SampleEngagementSimulator(RandomGenerator random) {
		this.random = random;
	}

	@Override
	public List<SimulatedEvent> react(OutboundEmail email) {
		boolean asks = email.subject().contains("?");
		if (!OURS.matcher(email.to().value()).matches()
				|| this.random.nextDouble() >= (asks ? QUESTION_OPEN_RATE : OPEN_RATE)) {
			return List.of();
		}
		Duration opened = Duration.ofMillis(this.random.nextInt(1_000, SECONDS_TO_OPEN * 1_000));
		List<SimulatedEvent> reactions = new ArrayList<>(List.of(new SimulatedEvent(Type.OPENED, opened)));
		if (this.random.nextDouble() < (asks ? QUESTION_CLICK_RATE : CLICK_RATE)) {
			Duration clicked = Duration.ofMillis(this.random.nextInt(2_000, SECONDS_TO_CLICK * 1_000));
			reactions.add(new SimulatedEvent(Type.CLICKED, opened.plus(clicked)));
		}
		return reactions;
	}

}
