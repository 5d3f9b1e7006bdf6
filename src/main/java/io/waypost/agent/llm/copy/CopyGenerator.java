package io.waypost.agent.llm.copy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.waypost.agent.Batch;
import io.waypost.agent.Evaluator;
import io.waypost.agent.Guardrail;
import io.waypost.agent.Message;
import io.waypost.agent.Recipients;
import io.waypost.agent.Route;
import io.waypost.agent.llm.ModelAnswer;
import io.waypost.agent.llm.ModelGateway;
import io.waypost.agent.llm.copy.CopyPrompt.CopyInput;
import io.waypost.agent.llm.copy.CopyPrompt.RejectedCopy;
import io.waypost.agent.llm.prompt.Prompt;
import io.waypost.agent.llm.prompt.Prompts;
import io.waypost.agent.plan.ContentFactsLookup;
import io.waypost.agent.plan.DraftRequests;
import io.waypost.agent.write.CopyFacts;
import io.waypost.agent.write.DraftRequest;
import io.waypost.agent.write.GeneratedCopy;
import io.waypost.agent.write.GeneratedCopyWriter;
import io.waypost.agent.write.WrittenDraft;
import io.waypost.kernel.TenantId;

import org.springframework.stereotype.Component;

/**
 * Has copy written by a model, scores and inspects it with the agents that check every
 * message, and has it corrected once when most of it does not pass.
 */
@Component
class CopyGenerator {

	private final ModelGateway gateway;

	private final Prompts prompts;

	private final CopyPrompt renderer;

	private final ContentFactsLookup facts;

	private final DraftRequests requests;

	private final GeneratedCopyWriter writer;

	private final Evaluator evaluator;

	private final Guardrail guardrail;

	private final CopyVerifier verifier;

	CopyGenerator(ModelGateway gateway, Prompts prompts, CopyPrompt renderer, ContentFactsLookup facts,
			DraftRequests requests, GeneratedCopyWriter writer, Evaluator evaluator, Guardrail guardrail,
			CopyVerifier verifier) {
		this.gateway = gateway;
		this.prompts = prompts;
		this.renderer = renderer;
		this.facts = facts;
		this.requests = requests;
		this.writer = writer;
		this.evaluator = evaluator;
		this.guardrail = guardrail;
		this.verifier = verifier;
	}

	/** What came of a task. */
	sealed interface CopyResult {

		/** Copies that passed. */
		record Written(StoredCopies copies) implements CopyResult {

		}

		/**
		 * No copy.
		 *
		 * @param reason short code
		 * @param temporary whether the same task may succeed soon
		 */
		record NotWritten(String reason, boolean temporary) implements CopyResult {

		}

	}

	/**
	 * Generates copy. Takes seconds; must not be called inside a transaction.
	 * @param tenant the tenant
	 * @param key key of the copy
	 * @param task what it is for
	 * @return copies that passed, or why there are none
	 */
	CopyResult generate(TenantId tenant, String key, CopyTask task) {
		Message message = task.message();
		DraftRequest request = this.requests.create(message, this.facts.find(tenant, List.of(message)));
		CopyFacts known = task.shared() ? CopyFacts.shared(request) : CopyFacts.common(request);
		CopyInput input = new CopyInput(request, known, tone(message));
		Prompt prompt = this.prompts.current(tenant, CopyPrompt.NAME);
		ModelAnswer answer = this.gateway.ask(this.renderer.write(tenant, key, task, prompt, input));
		if (answer instanceof ModelAnswer.Unanswered(ModelAnswer.Reason reason, String detail)) {
			return notWritten(reason);
		}
		CheckedCopies checked = check(tenant, key, message, input, (ModelAnswer.Answered) answer);
		if (checked.passed().size() <= checked.rejected().size()) {
			ModelAnswer repaired = this.gateway
				.ask(this.renderer.repair(tenant, key, task, prompt, input, checked.rejected()));
			if (repaired instanceof ModelAnswer.Answered second) {
				checked = checked.plus(check(tenant, key, message, input, second));
			}
		}
		return checked.passed().isEmpty() ? new CopyResult.NotWritten("no_copy_passed", false)
				: new CopyResult.Written(confirmed(tenant, key, task, input, checked, prompt));
	}

	/**
	 * Copies with words that no fact has are shown to another model. Without its consent
	 * they need a review.
	 */
	private StoredCopies confirmed(TenantId tenant, String key, CopyTask task, CopyInput input, CheckedCopies checked,
			Prompt prompt) {
		CopyVocabulary words = CopyVocabulary.of(input.facts(), input.request().locale());
		Map<String, List<String>> unknown = new HashMap<>();
		for (GeneratedCopy copy : checked.passed()) {
			List<String> own = words.unknown(copy);
			if (!own.isEmpty()) {
				unknown.put(copy.id(), own);
			}
		}
		CopyVerifier.CopyVerdicts verdicts = this.verifier.verify(tenant, key, task, input.facts(),
				checked.passed().stream().filter((copy) -> unknown.containsKey(copy.id())).toList());
		verdicts.supported().forEach(unknown::remove);
		return checked.stored(prompt.reference(), unknown, verdicts.answers());
	}

	private static String tone(Message message) {
		return (message.plan() != null) ? message.plan().tone() : "";
	}

	private static CopyResult notWritten(ModelAnswer.Reason reason) {
		return switch (reason) {
			case UNAVAILABLE -> new CopyResult.NotWritten("unavailable", true);
			case NO_PROVIDER -> new CopyResult.NotWritten("no_provider", false);
			case BUDGET_EXHAUSTED -> new CopyResult.NotWritten("budget_exhausted", false);
			case PERSONAL_DATA -> new CopyResult.NotWritten("personal_data", false);
			case REFUSED -> new CopyResult.NotWritten("refused", false);
			case UNUSABLE -> new CopyResult.NotWritten("unusable", false);
		};
	}

	private CheckedCopies check(TenantId tenant, String key, Message message, CopyInput input,
			ModelAnswer.Answered answer) {
		List<GeneratedCopy> passed = new ArrayList<>();
		List<RejectedCopy> rejected = new ArrayList<>();
		CopyForm form = CopyForm.of(input.facts(), input.request().locale());
		for (GeneratedCopy copy : CopyReader.read(answer.json(), key, input.facts())) {
			List<String> findings = new ArrayList<>(form.findings(copy));
			if (findings.isEmpty()) {
				findings.addAll(findings(tenant, message, input.request(), copy));
			}
			if (findings.isEmpty()) {
				passed.add(copy);
			}
			else {
				rejected.add(new RejectedCopy(copy, findings));
			}
		}
		return new CheckedCopies(passed, rejected, List.of(answer));
	}

	/** Returns why a copy does not pass, empty when it does. */
	private List<String> findings(TenantId tenant, Message message, DraftRequest request, GeneratedCopy copy) {
		Optional<WrittenDraft> draft = this.writer.write(request, copy);
		if (draft.isEmpty()) {
			return List.of("a slot has no value");
		}
		Message written = message.written(draft.get().variant(), draft.get().draft())
			.explained("variant", Map.of("writer", "model"));
		Batch evaluated = this.evaluator.evaluate(new Batch(tenant, List.of(written), Recipients.NONE));
		List<String> findings = new ArrayList<>(CopyFindings.scores(evaluated.single()));
		Batch inspected = this.guardrail.inspect(evaluated.map((one) -> one.routed(Route.CONTINUE, null)));
		findings.addAll(CopyFindings.inspection(inspected.single()));
		return findings;
	}

	/** Copies of one or two answers. */
	private record CheckedCopies(List<GeneratedCopy> passed, List<RejectedCopy> rejected,
			List<ModelAnswer.Answered> answers) {

		CheckedCopies plus(CheckedCopies second) {
			List<GeneratedCopy> all = new ArrayList<>(this.passed);
			all.addAll(second.passed);
			List<RejectedCopy> still = new ArrayList<>(this.rejected);
			still.addAll(second.rejected);
			List<ModelAnswer.Answered> both = new ArrayList<>(this.answers);
			both.addAll(second.answers);
			return new CheckedCopies(all, still, both);
		}

		StoredCopies stored(String prompt, Map<String, List<String>> unconfirmed, List<ModelAnswer.Answered> judges) {
			ModelAnswer.Answered last = this.answers.getLast();
			List<ModelAnswer.Answered> all = new ArrayList<>(this.answers);
			all.addAll(judges);
			List<UUID> calls = all.stream().map(ModelAnswer.Answered::call).toList();
			BigDecimal cost = all.stream().map(ModelAnswer.Answered::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
			return new StoredCopies(this.passed, last.provider(), last.model(), prompt, calls, cost,
					this.rejected.size(), unconfirmed);
		}

	}

}
