package io.waypost.experiment;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Binds the settings and enables the schedule of interim analyses. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExperimentSettings.class)
@EnableScheduling
class ExperimentConfiguration {

}
