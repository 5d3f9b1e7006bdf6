package io.waypost.journey.engine.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.waypost.access.Caller;
import io.waypost.journey.check.CallGraph;
import io.waypost.journey.check.DecisionTableChecker;
import io.waypost.journey.check.DeploymentContext;
import io.waypost.journey.check.JourneyChecker;
import io.waypost.journey.check.ModelProblem;
import io.waypost.policy.DecisionTableEvaluator;
import io.waypost.policy.FeelOnlyConfiguration;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.repository.Resource;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.xml.ModelException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Checks every new deployment before the engine does: at the start, over REST or from
 * code. One problem refuses the whole deployment.
 */
@Component
public class DeploymentCheck implements Deployer {

	private static final ObjectMapper FORMS = new ObjectMapper();

	private final JourneyChecker journeys = new JourneyChecker();

	private final DecisionTableChecker tables = new DecisionTableChecker();

	private final DecisionTableEvaluator decisions;

	private final ObjectProvider<TableApprovals> approvals;

	DeploymentCheck(DecisionTableEvaluator decisions, ObjectProvider<TableApprovals> approvals) {
		this.decisions = decisions;
		this.approvals = approvals;
	}

	@Override
	public void deploy(DeploymentEntity deployment) {
		if (!deployment.isNew()) {
			return;
		}
		List<Model> models = deployment.getResources().values().stream().map(DeploymentCheck::read).toList();
		DeploymentContext context = context(models, deployment.getTenantId());
		models.forEach((model) -> refuse(model.resource(), check(model, context)));
		DeploymentRecorder.caller().ifPresent((caller) -> requireApprovals(caller, deployment, models));
	}

	/** A change of a table that gates sends needs the approval of a second user. */
	private void requireApprovals(Caller caller, DeploymentEntity deployment, List<Model> models) {
		for (Model model : models) {
			if (model instanceof Model.Table table) {
				byte[] file = Objects.requireNonNull(deployment.getResources().get(table.resource())).getBytes();
				table.model()
					.getModelElementsByType(Decision.class)
					.stream()
					.map(Decision::getId)
					.filter(DecisionTableEvaluator::isGating)
					.filter((key) -> !Arrays.equals(file, deployedFile(key, deployment.getTenantId())))
					.findFirst()
					.ifPresent((key) -> requireApproval(caller, key, table.resource(), file));
			}
		}
	}

	private void requireApproval(Caller caller, String key, String resource, byte[] file) {
		String digest = TableApprovals.digest(file);
		if (!this.approvals.getObject().useApproval(caller.tenant(), digest)) {
			requireUser(caller, key, resource);
			this.approvals.getObject().propose(caller, key, resource, new String(file, StandardCharsets.UTF_8), digest);
			throw refused(resource,
					("changes the table '%s', which gates sends. It is stored as pending: another user "
							+ "approves and activates it by POST /api/v1/decision-tables/approvals/%s")
						.formatted(key, digest));
		}
	}

	/** The holder of a token could be the user who approves. */
	private static void requireUser(Caller caller, String key, String resource) {
		if (!caller.isUser()) {
			throw refused(resource,
					("changes the table '%s', which gates sends, but '%s' is an API token. A user must deploy it, "
							+ "so that two people decide")
						.formatted(key, caller.name()));
		}
	}

	/** The file of the newest version that the tenant uses; empty when there is none. */
	private static byte[] deployedFile(String key, @Nullable String tenant) {
		CommandContext engine = Context.getCommandContext();
		var own = engine.getDecisionDefinitionManager().findLatestDecisionDefinitionByKeyAndTenantId(key, tenant);
		var newest = (own != null) ? own
				: engine.getDecisionDefinitionManager().findLatestDecisionDefinitionByKeyAndTenantId(key, null);
		return (newest == null) ? new byte[0]
				: engine.getResourceManager()
					.findResourceByDeploymentIdAndResourceName(newest.getDeploymentId(), newest.getResourceName())
					.getBytes();
	}

	/** A model that a check cannot read is refused, too. */
	private List<ModelProblem> check(Model model, DeploymentContext context) {
		try {
			return problems(model, context);
		}
		catch (ModelException | ClassCastException ex) {
			throw refused(model.resource(), "has an element that does not belong where it is: " + rootMessage(ex));
		}
	}

	private List<ModelProblem> problems(Model model, DeploymentContext context) {
		return switch (model) {
			case Model.Journey journey -> this.journeys.check(journey.model(), context);
			case Model.Table table -> problems(table);
			case Model.Form form -> List.of();
		};
	}

	/**
	 * Evaluates no cell, but finds cells that are not FEEL before a message depends on
	 * them.
	 */
	private List<ModelProblem> problems(Model.Table table) {
		List<ModelProblem> problems = new ArrayList<>(this.tables.check(document(table.model())));
		if (problems.isEmpty()) {
			byte[] dmn = Dmn.convertToString(table.model()).getBytes(StandardCharsets.UTF_8);
			this.decisions.validate(table.resource(), dmn)
				.forEach((problem) -> problems.add(new ModelProblem(table.resource(), "", problem)));
		}
		return problems;
	}

	private static void refuse(String resource, List<ModelProblem> problems) {
		if (!problems.isEmpty()) {
			throw new DeploymentRefusedException(resource, problems);
		}
	}

	/**
	 * Reads a resource; one that cannot be read is refused with the message of the
	 * parser.
	 */
	private static Model read(Resource resource) {
		String name = resource.getName();
		try {
			return switch (kind(name)) {
				case "bpmn" -> new Model.Journey(name, Bpmn.readModelFromStream(bytes(resource)));
				case "dmn" -> new Model.Table(name, table(resource));
				case "form" -> new Model.Form(name, formId(resource));
				default -> throw refused(name, "has an unsupported file type; use .bpmn, .dmn or .form");
			};
		}
		catch (DeploymentRefusedException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw refused(name, "cannot be read: " + rootMessage(ex));
		}
	}

	/**
	 * Parses the table alone first, so that the engine never deploys half of a broken
	 * table.
	 */
	private static DmnModelInstance table(Resource resource) {
		DmnModelInstance model = Dmn.readModelFromStream(bytes(resource));
		DmnEngine engine = FeelOnlyConfiguration.create().buildEngine();
		engine.parseDecisions(model);
		return model;
	}

	private static String formId(Resource resource) {
		try {
			return FORMS.readTree(resource.getBytes()).path("id").asText();
		}
		catch (IOException ex) {
			throw refused(resource.getName(), "is not JSON: " + rootMessage(ex));
		}
	}

	private static DeploymentRefusedException refused(String resource, String reason) {
		return new DeploymentRefusedException(resource, List.of(new ModelProblem(resource, "", reason)));
	}

	private static String rootMessage(Throwable thrown) {
		Throwable root = thrown;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage());
	}

	private static String kind(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return lower.endsWith(".bpmn20.xml") ? "bpmn"
				: lower.endsWith(".dmn11.xml") ? "dmn" : lower.substring(lower.lastIndexOf('.') + 1);
	}

	private static ByteArrayInputStream bytes(Resource resource) {
		return new ByteArrayInputStream(resource.getBytes());
	}

	private static DeploymentContext context(List<Model> models, @Nullable String tenant) {
		Map<String, Set<String>> processes = new HashMap<>();
		Set<String> decisions = new HashSet<>();
		Set<String> forms = new HashSet<>();
		for (Model model : models) {
			switch (model) {
				case Model.Journey journey -> processes.putAll(CallGraph.of(journey.model()));
				case Model.Table table -> table.model()
					.getModelElementsByType(Decision.class)
					.forEach((decision) -> decisions.add(decision.getId()));
				case Model.Form form -> forms.add(form.id());
			}
		}
		CommandContext engine = Context.getCommandContext();
		return new DeploymentContext(processes, decisions, forms, (key) -> deployedCalls(engine, key, tenant),
				(key) -> ownElseShared(tenant,
						(owner) -> engine.getDecisionDefinitionManager()
							.findLatestDecisionDefinitionByKeyAndTenantId(key, owner))
					.isPresent(),
				(id) -> ownElseShared(tenant, (owner) -> engine.getCamundaFormDefinitionManager()
					.findLatestDefinitionByKeyAndTenantId(id, owner)).isPresent());
	}

	/** A model finds the models of its own tenant first, then the shared ones. */
	private static <T> Optional<T> ownElseShared(@Nullable String tenant,
			Function<@Nullable String, @Nullable T> find) {
		return Optional.ofNullable((tenant != null) ? find.apply(tenant) : null)
			.or(() -> Optional.ofNullable(find.apply(null)));
	}

	private static Optional<Set<String>> deployedCalls(CommandContext engine, String key, @Nullable String tenant) {
		return ownElseShared(tenant,
				(owner) -> engine.getProcessDefinitionManager().findLatestProcessDefinitionByKeyAndTenantId(key, owner))
			.map((newest) -> Context.getProcessEngineConfiguration()
				.getDeploymentCache()
				.findBpmnModelInstanceForProcessDefinition(newest))
			.map((model) -> CallGraph.of(model).getOrDefault(key, Set.of()));
	}

	private static Document document(DmnModelInstance model) {
		Node root = model.getDocument().getDomSource().getNode();
		return (root instanceof Document document) ? document : root.getOwnerDocument();
	}

	/** What a deployment is made of. */
	private sealed interface Model {

		String resource();

		record Journey(String resource, BpmnModelInstance model) implements Model {

		}

		record Table(String resource, DmnModelInstance model) implements Model {

		}

		record Form(String resource, String id) implements Model {

		}

	}

}
