package io.waypost.journey.engine.deploy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.waypost.access.Caller;
import io.waypost.journey.engine.tenant.TenantModels;
import io.waypost.kernel.TenantId;
import io.waypost.ledger.Ledger;
import io.waypost.ledger.LedgerEntry;
import io.waypost.policy.DecisionTableEvaluator;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Records in the ledger who deployed which table or journey, and refreshes the cached
 * decisions. The bundled models have no deployer and are not recorded.
 */
@Component
public class DeploymentRecorder implements Deployer {

	private final ObjectProvider<Ledger> ledger;

	private final DecisionTableEvaluator decisions;

	private final TenantModels models;

	private final Clock clock;

	DeploymentRecorder(ObjectProvider<Ledger> ledger, DecisionTableEvaluator decisions, TenantModels models,
			Clock clock) {
		this.ledger = ledger;
		this.decisions = decisions;
		this.models = models;
		this.clock = clock;
	}

	@Override
	public void deploy(DeploymentEntity deployment) {
		if (deployment.isNew()) {
			caller().ifPresent((caller) -> record(caller, deployment));
			this.decisions.refresh();
			this.models.refresh();
		}
	}

	private void record(Caller caller, DeploymentEntity deployment) {
		List<LedgerEntry> entries = new ArrayList<>();
		for (ProcessDefinition journey : orNone(deployment.getDeployedProcessDefinitions())) {
			entries.add(entry(caller, "journey.deployed", "journey:" + journey.getKey(), journey.getVersion(),
					deployment.getId()));
		}
		for (DecisionDefinition table : orNone(deployment.getDeployedDecisionDefinitions())) {
			entries.add(
					entry(caller, "table.deployed", "table:" + table.getKey(), table.getVersion(), deployment.getId()));
		}
		if (!entries.isEmpty()) {
			this.ledger.getObject().record(entries);
		}
	}

	private LedgerEntry entry(Caller caller, String kind, String subject, int version, String deployment) {
		TenantId tenant = caller.tenant();
		return new LedgerEntry(tenant, this.clock.instant(), kind, subject, caller.actor(),
				Map.of("version", version, "deployment", deployment));
	}

	private static <T> List<T> orNone(@Nullable List<T> definitions) {
		return (definitions != null) ? definitions : List.of();
	}

	/** The user or token that deploys; empty at the start. */
	static Optional<Caller> caller() {
		return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
			.map((authentication) -> authentication.getPrincipal())
			.filter(Caller.class::isInstance)
			.map(Caller.class::cast);
	}

}
