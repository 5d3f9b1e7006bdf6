package io.waypost.journey.engine.deploy;

import java.util.List;

import io.waypost.testing.WaypostTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.spring.boot.starter.configuration.CamundaDeploymentConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ContextResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

@WaypostTest
class BundledModelsIntegrationTests {

	@Autowired
	private CamundaDeploymentConfiguration models;

	@Autowired
	private RepositoryService repository;

	@Test
	void namesResourcesByFolderAndFileInOrder() {
		List<String> names = this.models.getDeploymentResources()
			.stream()
			.map((resource) -> ((ContextResource) resource).getPathWithinContext())
			.toList();
		assertThat(names).isSorted()
			.contains("processes/personalised-message.bpmn", "dmn/consent.dmn", "forms/review-content.form");
	}

	@Test
	void makesOneDeploymentOfTwoStarts() throws Exception {
		List<Deployment> before = deployments();
		assertThat(before).hasSize(1);
		DeploymentBuilder again = this.repository.createDeployment()
			.name(BundledModels.DEPLOYMENT_NAME)
			.enableDuplicateFiltering(false);
		for (Resource resource : this.models.getDeploymentResources()) {
			again.addInputStream(((ContextResource) resource).getPathWithinContext(), resource.getInputStream());
		}
		again.deploy();
		assertThat(deployments()).extracting(Deployment::getId).containsExactly(before.getFirst().getId());
	}

	private List<Deployment> deployments() {
		return this.repository.createDeploymentQuery().deploymentName(BundledModels.DEPLOYMENT_NAME).list();
	}

}
