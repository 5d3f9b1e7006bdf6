package io.waypost.feature.update;

import java.time.Clock;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waypost.feature.state.FeatureStateRepository;
import io.waypost.ingestion.EventsRecorded;

/** Updates feature states for tests of other packages. */
public final class FeatureUpdateFixture {

	private FeatureUpdateFixture() {
	}

	public static void record(FeatureStateRepository stateRepository, Clock clock, EventsRecorded recorded) {
		new FeatureUpdateListener(stateRepository, clock, new SimpleMeterRegistry()).on(recorded);
	}

}
