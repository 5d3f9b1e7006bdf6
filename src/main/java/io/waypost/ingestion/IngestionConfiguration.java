package io.waypost.ingestion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(IngestionSettings.class)
public class IngestionConfiguration {

	private static final int MAX_DEPTH = 64;

	/**
	 * Parses untrusted input: names are not interned, nesting is limited, duplicate names
	 * are an error.
	 */
	public static final JsonMapper JSON = JsonMapper
		.builder(new JsonFactoryBuilder().rootValueSeparator("")
			.disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
			.enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
			.build())
		.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
		.build();

}
