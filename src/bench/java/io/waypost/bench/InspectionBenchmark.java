package io.waypost.bench;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.waypost.agent.ShopFixture;
import io.waypost.agent.evaluate.DraftScorer;
import io.waypost.agent.evaluate.ScoringContext;
import io.waypost.agent.guard.ContentInspector;
import io.waypost.agent.guard.InspectionRequest;
import io.waypost.agent.guard.InspectionRequest.PersonalValue;
import io.waypost.agent.pii.PersonalDataDetector;
import io.waypost.agent.pii.PersonalDataEntity;
import io.waypost.agent.write.ContentFacts;
import io.waypost.agent.write.DraftRequest;
import io.waypost.agent.write.RuleBasedWriter;
import io.waypost.content.EmailDraft;
import io.waypost.content.EmailRenderer;
import io.waypost.content.Product;
import io.waypost.feature.LifecycleStage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Processor time of the evaluator and the guardrail per e-mail, in one thread. */
class InspectionBenchmark {

	private static final int ROUNDS = Integer.getInteger("bench.inspection.rounds", 20);

	private static final List<PersonalValue> PERSON = List.of(
			new PersonalValue("email", "maria.lindqvist@mail.example"), new PersonalValue("phone", "+46 70 123 45 67"),
			new PersonalValue("userId", "cust-88121"), new PersonalValue("lastName", "Lindqvist"),
			new PersonalValue("firstName", "Maria"));

	private final ContentInspector inspector = new ContentInspector(new EmailRenderer()::legalElements);

	private final DraftScorer scorer = new DraftScorer();

	@Test
	void inspects() {
		List<InspectionRequest> requests = requests();
		BenchmarkReport report = new BenchmarkReport("inspection",
				"%,d drafts of the rule-based writer, %d rounds, one thread".formatted(requests.size(), ROUNDS));
		long findings = 0;
		double first = 0;
		double inspected = 0;
		double scored = 0;
		for (int round = 0; round <= ROUNDS; round++) {
			long start = cpu();
			for (InspectionRequest request : requests) {
				findings += this.inspector.inspect(request).findings().size();
			}
			inspected = cpu() - start;
			start = cpu();
			for (InspectionRequest request : requests) {
				findings += (long) this.scorer.score(request.draft(), context(request)).quality();
			}
			scored = cpu() - start;
			first = (round == 0) ? inspected + scored : first;
		}
		assertThat(findings).isNotNegative();
		report.add("guardrail, CPU us an e-mail", inspected / 1e3 / requests.size())
			.add("evaluator, CPU us an e-mail", scored / 1e3 / requests.size())
			.add("1,000 inspections, CPU s", (inspected + scored) / 1e6 / requests.size())
			.add("1,000 inspections without warm-up, CPU s", first / 1e6 / requests.size())
			.publish();
	}

	@Test
	void redacts() {
		PersonalDataDetector detector = new PersonalDataDetector();
		List<String> texts = requests().stream()
			.map((request) -> String.join("\n", request.draft().paragraphs()) + " Write to ada@mail.example, Ada.")
			.toList();
		new BenchmarkReport("redaction", "%,d texts, %d rounds, one thread".formatted(texts.size(), ROUNDS))
			.add("structured values, CPU us a text", perText(texts, detector::identifiers))
			.add("all kinds with names, CPU us a text", perText(texts, (text) -> detector.find(text, Locale.ENGLISH)))
			.publish();
	}

	private static double perText(List<String> texts, Function<String, List<PersonalDataEntity>> find) {
		double spent = 0;
		int found = 0;
		for (int round = 0; round <= ROUNDS; round++) {
			long start = cpu();
			for (String text : texts) {
				found += find.apply(text).size();
			}
			spent = cpu() - start;
		}
		assertThat(found).isPositive();
		return spent / 1e3 / texts.size();
	}

	private static long cpu() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	private static ScoringContext context(InspectionRequest request) {
		return new ScoringContext(Locale.forLanguageTag(request.draft().locale()), ShopFixture.BRAND.senderName(),
				request.facts().values().stream().map(Product::name).toList(), null);
	}

	private static List<InspectionRequest> requests() {
		RuleBasedWriter writer = new RuleBasedWriter(new DraftScorer());
		List<InspectionRequest> requests = new ArrayList<>();
		for (String goal : writer.goals()) {
			for (LifecycleStage stage : LifecycleStage.values()) {
				for (Locale locale : List.of(Locale.UK, Locale.GERMANY, Locale.FRANCE)) {
					ContentFacts facts = ShopFixture.facts(requests.size() % 5, goal.startsWith("cart"),
							"Home & Garden", stage.ordinal());
					EmailDraft draft = writer
						.write(new DraftRequest(goal, stage, "reminder", locale, facts, requests.size() + 1, 1, null))
						.draft();
					requests.add(request(draft, facts));
				}
			}
		}
		return requests;
	}

	private static InspectionRequest request(EmailDraft draft, ContentFacts facts) {
		return new InspectionRequest(draft, ShopFixture.BRAND,
				facts.lines()
					.stream()
					.map(ContentFacts.ProductLine::product)
					.collect(Collectors.toMap(Product::id, (product) -> product)),
				facts.lines()
					.stream()
					.collect(Collectors.toMap((line) -> line.product().id(), ContentFacts.ProductLine::quantity)),
				ShopFixture.names(), PERSON, "", Map.of(), LocalDate.of(2026, 11, 21));
	}

}
