package io.waypost.journey.engine.tenant;

import java.lang.reflect.Field;
import java.util.Objects;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.bpmn.behavior.CallableElementActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.behavior.DmnBusinessRuleTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.core.model.BaseCallableElement;
import org.camunda.bpm.engine.impl.core.variable.mapping.value.ParameterValueProvider;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Makes call activities and business rule tasks use the model of the tenant that the
 * process instance belongs to, else the shared model. The engine itself looks only in the
 * tenant of the calling model.
 */
final class TenantDefinitionListener extends AbstractBpmnParseListener {

	private static final Field DECISION = decisionField();

	private final TenantModels models;

	TenantDefinitionListener(TenantModels models) {
		this.models = models;
	}

	@Override
	public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
		if (activity.getActivityBehavior() instanceof CallableElementActivityBehavior call) {
			use(ModelKind.PROCESS, call.getCallableElement());
		}
	}

	@Override
	public void parseBusinessRuleTask(Element element, ScopeImpl scope, ActivityImpl activity) {
		if (activity.getActivityBehavior() instanceof DmnBusinessRuleTaskActivityBehavior decision) {
			use(ModelKind.DECISION, (BaseCallableElement) Objects
				.requireNonNull(ReflectionUtils.getField(DECISION, decision), "A rule task has a decision"));
		}
	}

	private void use(ModelKind kind, BaseCallableElement called) {
		called.setTenantIdProvider(new OwnElseShared(kind, called));
	}

	/** The behaviour of a rule task has no getter for its decision. */
	private static Field decisionField() {
		Field field = Objects.requireNonNull(
				ReflectionUtils.findField(DmnBusinessRuleTaskActivityBehavior.class, "callableElement"),
				"This version of the engine stores the decision of a rule task elsewhere");
		ReflectionUtils.makeAccessible(field);
		return field;
	}

	private final class OwnElseShared implements ParameterValueProvider {

		private final ModelKind kind;

		private final BaseCallableElement called;

		private OwnElseShared(ModelKind kind, BaseCallableElement called) {
			this.kind = kind;
			this.called = called;
		}

		@Override
		public @Nullable Object getValue(VariableScope scope) {
			String tenant = (scope instanceof DelegateExecution execution) ? execution.getTenantId() : null;
			boolean own = tenant != null && TenantDefinitionListener.this.models.owns(this.kind, tenant,
					this.called.getDefinitionKey(scope));
			return own ? tenant : null;
		}

		@Override
		public boolean isDynamic() {
			return true;
		}

	}

}
