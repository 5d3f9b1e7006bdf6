package io.waypost.agent;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import io.waypost.agent.review.Review;
import io.waypost.kernel.IdGenerator;
import io.waypost.kernel.JourneyRunId;
import io.waypost.kernel.ProfileId;
import io.waypost.testing.TestTenant;
import io.waypost.testing.WaypostTest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Content that is flagged again after a reviewer changed it. */
@WaypostTest
class RepeatedReviewIntegrationTests {

	private final String user = "review-" + UUID.randomUUID();

	private RunningShopFixture shop;

	@Autowired
	private Orchestrator orchestrator;

	@Autowired
	private Planner planner;

	@Autowired
	private Executor executor;

	@Autowired
	private Guardrail guardrail;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private IdGenerator ids;

	@BeforeEach
	void open(@Autowired ApplicationContext waypost) {
		this.shop = RunningShopFixture.in(waypost);
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void keepsTheFirstReviewerInTheExplanation() {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		MessageRequest request = new MessageRequest(person, new JourneyRunId(this.ids.next()), "test", "only",
				this.shop.template("welcome-" + this.user, false), "marketing", Map.of("event", "test"), Map.of());
		Message flagged = inTransaction(() -> this.orchestrator.flag(this.guardrail
			.inspect(this.executor.write(this.planner.plan(this.orchestrator.open(TestTenant.ID, List.of(request)))))))
			.single();
		assertThat(flagged.route()).isEqualTo(Route.REVIEW);

		Message flaggedAgain = inTransaction(() -> this.orchestrator
			.flag(this.guardrail.inspect(this.orchestrator.apply(resume(flagged),
					new Review(Review.ReviewDecision.CHANGED, "user:anna", "too long", "Your apron", "Only 1.99 €.")))))
			.single();
		assertThat(flaggedAgain.route()).isEqualTo(Route.REVIEW);
		Message approved = inTransaction(() -> this.orchestrator.apply(resume(flaggedAgain),
				new Review(Review.ReviewDecision.APPROVED, "user:ben", null, null, null)))
			.single();

		assertThat(ExplanationSections.read(approved, "review")).containsEntry("reviewer", "user:ben")
			.containsEntry("decision", "APPROVED")
			.hasEntrySatisfying("earlier",
					(earlier) -> assertThat(earlier).asInstanceOf(InstanceOfAssertFactories.LIST)
						.singleElement()
						.asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
						.containsEntry("reviewer", "user:anna")
						.containsEntry("decision", "CHANGED")
						.containsEntry("comment", "too long"));
	}

	/** The decision table answers CONTINUE: without the change nobody would review it. */
	@Test
	void reviewsContentThatAReviewerChanged() {
		ProfileId person = this.shop.person(this.user, "en-GB", true);
		MessageRequest request = new MessageRequest(person, new JourneyRunId(this.ids.next()), "test", "only",
				this.shop.template("welcome-" + this.user, true), "marketing", Map.of("event", "test"), Map.of());
		Message written = inTransaction(() -> this.guardrail
			.inspect(this.executor.write(this.planner.plan(this.orchestrator.open(TestTenant.ID, List.of(request))))))
			.single();
		assertThat(written.route()).isEqualTo(Route.CONTINUE);
		Review change = new Review(Review.ReviewDecision.CHANGED, "user:anna", "shorter", written.draft().subject(),
				String.join("\n\n", written.draft().paragraphs().subList(0, 1)));

		Message changed = inTransaction(() -> this.guardrail
			.inspect(this.orchestrator.apply(new Batch(TestTenant.ID, List.of(written), Recipients.NONE), change)))
			.single();

		assertThat(changed.route()).isEqualTo(Route.REVIEW);
		assertThat(changed.reason()).isEqualTo("changed_in_review");
		assertThat(changed.reviewTerms()).isPresent();
		Message rewritten = inTransaction(() -> this.guardrail
			.inspect(this.executor.writeFallback(new Batch(TestTenant.ID, List.of(changed), Recipients.NONE))))
			.single();
		assertThat(rewritten.route()).as("content of an agent replaces the change").isEqualTo(Route.CONTINUE);
	}

	private Batch resume(Message message) {
		return this.orchestrator.resume(TestTenant.ID, List.of(message.send().id()));
	}

	private <T> T inTransaction(Supplier<T> work) {
		T result = this.transaction.execute((status) -> work.get());
		assertThat(result).isNotNull();
		return result;
	}

}
