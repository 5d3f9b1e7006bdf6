package io.waypost.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestExecutionListeners;

/**
 * Runs a test against the whole product on a random port and an embedded PostgreSQL. All
 * classes with this annotation share one context, so they must neither add beans nor
 * properties; they keep apart by profile, user and key names. {@link MutableClock} is
 * injectable: it ticks; put it back with {@link MutableClock#reset()} after moving it.
 * {@link TestTenant} names the keys and people.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("engine-node")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureObservability(tracing = false)
@ContextConfiguration(initializers = WaypostTestSetting.class)
@Import(WaypostTestSetting.Beans.class)
@TestExecutionListeners(listeners = { OwnEngine.class, AllTenants.class },
		mergeMode = TestExecutionListeners.MergeMode.MERGE_WITH_DEFAULTS)
public @interface WaypostTest {

}
