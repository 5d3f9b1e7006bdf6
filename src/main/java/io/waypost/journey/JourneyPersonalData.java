package io.waypost.journey;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.waypost.delivery.JourneySends;
import io.waypost.identity.PersonalRecords;
import io.waypost.identity.ProfileErased;
import io.waypost.journey.review.ReviewRepository;
import io.waypost.journey.run.JourneyRunRepository;
import io.waypost.kernel.ProfileId;
import io.waypost.kernel.SendId;
import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Exports and erases the journeys of a person. An erasure cancels running journeys before
 * other modules erase their data: a step that is running either commits first and is
 * seen, or finds its run missing and rolls back.
 */
@Component
@Order(70)
class JourneyPersonalData implements PersonalRecords {

	/** Reason for the deletion of process instances, shown in Cockpit. */
	private static final String REASON = "The person was erased";

	private final JourneyRunRepository runs;

	private final ReviewRepository reviews;

	private final JourneySends sends;

	private final RuntimeService engine;

	private final Clock clock;

	JourneyPersonalData(JourneyRunRepository runs, ReviewRepository reviews, JourneySends sends, RuntimeService engine,
			Clock clock) {
		this.runs = runs;
		this.reviews = reviews;
		this.sends = sends;
		this.engine = engine;
		this.clock = clock;
	}

	@Override
	public String section() {
		return "journeys";
	}

	@Override
	public void read(TenantId tenant, ProfileId profile, Consumer<Object> sink) {
		this.runs.of(tenant, profile).forEach(sink);
	}

	@EventListener
	@Order(10)
	void on(ProfileErased erased) {
		Instant now = this.clock.instant();
		List<String> running = this.runs.cancel(erased.tenant(), erased.profiles(), now);
		running.forEach(this::delete);
		erased.count("runs", this.runs.erase(erased.tenant(), erased.profiles()));
		erased.count("runsCancelled", running.size());
		List<SendId> sends = this.sends.findIds(erased.tenant(), erased.profiles());
		erased.count("reviews", this.reviews.erase(erased.tenant(), sends));
	}

	private void delete(String instance) {
		try {
			this.engine.deleteProcessInstanceIfExists(instance, REASON, false, true, true, false);
		}
		catch (ProcessEngineException ex) {
			if (ex instanceof OptimisticLockingException || isCollision(ex)) {
				throw new OptimisticLockingFailureException("A step of a run is running; erase again", ex);
			}
			throw ex;
		}
	}

	/**
	 * Whether a transaction conflict is a cause; the engine wraps the database's
	 * exception.
	 */
	private static boolean isCollision(@Nullable Throwable fault) {
		return fault != null && ((fault instanceof SQLException database && database.getSQLState() != null
				&& database.getSQLState().startsWith("40")) || isCollision(fault.getCause()));
	}

}
