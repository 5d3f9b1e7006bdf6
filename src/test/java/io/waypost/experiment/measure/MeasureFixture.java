package io.waypost.experiment.measure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.waypost.experiment.assign.LivePhaseCache;
import io.waypost.identity.ProfilesMerged;
import io.waypost.ingestion.EventsRecorded;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Outcomes and personal data of experiments over a test database. */
public final class MeasureFixture {

	private final ExposureRepository exposureRepository;

	private final ExperimentPersonalData personalData;

	private final OutcomeListener outcomeListener;

	public MeasureFixture(JdbcClient jdbc, LivePhaseCache livePhases) {
		this.exposureRepository = new ExposureRepository(jdbc);
		this.personalData = new ExperimentPersonalData(this.exposureRepository);
		this.outcomeListener = new OutcomeListener(livePhases, new OutcomeRepository(jdbc));
	}

	/**
	 * An exposure as a person's export shows it.
	 *
	 * @param experiment key of the experiment
	 * @param arm key of the arm
	 * @param clickedAt first click, null if none
	 */
	public record ExportedExposure(String experiment, String arm, @Nullable Instant clickedAt) {

	}

	public void record(EventsRecorded recorded) {
		this.outcomeListener.on(recorded);
	}

	public void merge(ProfilesMerged merged) {
		this.personalData.on(merged);
	}

	public int anonymise(TenantId tenant, List<ProfileId> profiles) {
		return this.exposureRepository.anonymise(tenant, profiles);
	}

	public List<ExportedExposure> export(TenantId tenant, ProfileId profile) {
		List<ExportedExposure> exported = new ArrayList<>();
		this.personalData.read(tenant, profile, (one) -> {
			ExposureRepository.Participation participation = (ExposureRepository.Participation) one;
			exported
				.add(new ExportedExposure(participation.experiment(), participation.arm(), participation.clickedAt()));
		});
		return exported;
	}

}
