package io.waypost.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.kernel.TenantId;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.DecisionDefinitionQuery;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Lists deployed decision tables for display. */
@Component
public class DecisionTableCatalogue {

	private final RepositoryService repository;

	DecisionTableCatalogue(RepositoryService repository) {
		this.repository = repository;
	}

	/**
	 * Lists the names of all tables that a tenant uses.
	 * @param tenant the tenant
	 * @return decision key to name, by name
	 */
	public Map<String, String> names(TenantId tenant) {
		Map<String, String> names = new LinkedHashMap<>();
		this.repository.createDecisionDefinitionQuery()
			.latestVersion()
			.tenantIdIn(tenant.value())
			.includeDecisionDefinitionsWithoutTenantId()
			.orderByDecisionDefinitionName()
			.asc()
			.list()
			.forEach((definition) -> names.put(definition.getKey(), name(definition)));
		return names;
	}

	/**
	 * Reads the newest version of a table: the tenant's own, else the shared one.
	 * @param tenant the tenant
	 * @param key decision key
	 * @return the table, or empty when none with this key is deployed
	 */
	public Optional<DecisionTableView> find(TenantId tenant, String key) {
		List<DecisionDefinition> own = versions(key).tenantIdIn(tenant.value()).list();
		List<DecisionDefinition> versions = own.isEmpty() ? versions(key).withoutTenantId().list() : own;
		return versions.isEmpty() ? Optional.empty() : read(versions);
	}

	private DecisionDefinitionQuery versions(String key) {
		return this.repository.createDecisionDefinitionQuery()
			.decisionDefinitionKey(key)
			.orderByDecisionDefinitionVersion()
			.desc();
	}

	private Optional<DecisionTableView> read(List<DecisionDefinition> versions) {
		DecisionDefinition newest = versions.getFirst();
		DmnModelInstance model = this.repository.getDmnModelInstance(newest.getId());
		return model.getModelElementsByType(Decision.class)
			.stream()
			.filter((decision) -> decision.getId().equals(newest.getKey()))
			.findFirst()
			.filter((decision) -> decision.getExpression() instanceof org.camunda.bpm.model.dmn.instance.DecisionTable)
			.map((decision) -> table(newest, decision, versions));
	}

	private DecisionTableView table(DecisionDefinition newest, Decision decision, List<DecisionDefinition> versions) {
		var table = (org.camunda.bpm.model.dmn.instance.DecisionTable) decision.getExpression();
		return new DecisionTableView(newest.getKey(), name(newest), description(decision), table.getHitPolicy().name(),
				table.getInputs().stream().map(DecisionTableCatalogue::label).toList(),
				table.getOutputs().stream().map(DecisionTableCatalogue::label).toList(),
				table.getRules().stream().map(DecisionTableCatalogue::rule).toList(), deployments(versions));
	}

	private List<DecisionTableView.Version> deployments(List<DecisionDefinition> versions) {
		List<DecisionTableView.Version> deployments = new ArrayList<>();
		for (DecisionDefinition version : versions) {
			Instant deployedAt = this.repository.createDeploymentQuery()
				.deploymentId(version.getDeploymentId())
				.singleResult()
				.getDeploymentTime()
				.toInstant();
			deployments.add(new DecisionTableView.Version(version.getVersion(), version.getVersionTag(), deployedAt));
		}
		return List.copyOf(deployments);
	}

	private static DecisionTableView.Rule rule(Rule rule) {
		return new DecisionTableView.Rule(rule.getId(), description(rule),
				rule.getInputEntries().stream().map(InputEntry::getText).map(DecisionTableCatalogue::text).toList(),
				rule.getOutputEntries().stream().map(OutputEntry::getText).map(DecisionTableCatalogue::text).toList());
	}

	private static String label(Input input) {
		String label = input.getLabel();
		return (label != null) ? label : text(input.getInputExpression().getText());
	}

	private static String label(Output output) {
		String label = output.getLabel();
		return (label != null) ? label : output.getName();
	}

	private static String description(DmnElement element) {
		Collection<org.camunda.bpm.model.dmn.instance.Description> descriptions = element
			.getChildElementsByType(org.camunda.bpm.model.dmn.instance.Description.class);
		return descriptions.isEmpty() ? "" : descriptions.iterator().next().getTextContent().strip();
	}

	private static String text(@Nullable Text text) {
		return (text != null) ? text.getTextContent().strip() : "";
	}

	private static String name(DecisionDefinition definition) {
		return (definition.getName() != null) ? definition.getName() : definition.getKey();
	}

}
