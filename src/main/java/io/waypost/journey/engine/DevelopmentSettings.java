package io.waypost.journey.engine;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings for editing models.
 *
 * @param models folder with {@code processes}, {@code dmn} and {@code forms}; a changed
 * file there is deployed at once. Set by {@code mvn spring-boot:run}, otherwise empty
 */
@ConfigurationProperties("waypost.development")
record DevelopmentSettings(@Nullable Path models) {

}
