package io.waypost.journey.engine.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EngineFaultStatusTests {

	@ParameterizedTest
	@CsvSource({ "/engine-rest/task/x/submit-form, RestException, task is null, 404",
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
