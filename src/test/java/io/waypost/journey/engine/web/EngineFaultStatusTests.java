package io.waypost.journey.engine.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EngineFaultStatusTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = { "/engine-rest/task/x/submit-form, RestException, task is null, 404",
			"/engine-rest/task/x/submit-form, RestException, Cannot submit task form x: Cannot find task with id x: task is null, 404",
			"/engine-rest/task/x/deployed-form, NullPointerException, Cannot invoke \"TaskEntity.getId()\" because \"task\" is null, 404",
			"/engine-rest/decision-requirements-definition/x, RestException, no deployed decision requirements definition found with id 'x': decisionRequirementsDefinition is null, 404",
			"/engine-rest/decision-definition/x, RestException, org.camunda.bpm.engine.AuthorizationException: The user with id 'o' does not have 'READ' permission on resource 'x', 403",
			"/engine-rest/task, ProcessEngineException, Invalid query usage: cannot set both tenantIdIn and withoutTenantId filters., 400",
			"/engine-rest/process-definition/key/x/start, RestException, Cannot instantiate process definition x: ENGINE-02025 Variable 'x' is not of the expected type 'Collection'., 400",
			"/engine-rest/process-definition/key/x/start, RestException, Cannot instantiate process definition x: Cannot deserialize object in variable 'x': SPIN, 400",
			"/engine-rest/task/x/submit-form, IllegalArgumentException, no file, 400",
			"/engine-rest/deployment/create, ProcessEngineException, value too long, 400",
			"/engine-rest/deployment/create, OptimisticLockingException, again, 409",
			"/engine-rest/deployment/create, OutOfMemoryError, Java heap space, 500",
			"/engine-rest/process-definition/x/statistics, NullPointerException, because definition is null, 500",
			"/engine-rest/history/task, ProcessEngineException, broken, 500" })
	void blamesTheRequestOnlyForItsOwnFaults(String path, String type, String message, int status) {
		assertThat(EngineFaultStatus
			.of(path, new ObjectMapper().createObjectNode().put("type", type).put("message", message))
			.value()).isEqualTo(status);
	}

}
