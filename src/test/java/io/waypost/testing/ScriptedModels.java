package io.waypost.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.waypost.agent.llm.ModelAnswer;
import io.waypost.agent.llm.ModelGateway;
import io.waypost.agent.llm.ModelPurpose;
import io.waypost.agent.llm.ModelRequest;
import io.waypost.kernel.TenantId;

/**
 * Language models of the shared context. A tenant has none until a test gives it a
 * script; take it away again after the test.
 */
public final class ScriptedModels implements ModelGateway {

	private final Map<TenantId, Function<ModelRequest, ModelAnswer>> scripts = new ConcurrentHashMap<>();

	private final List<ModelRequest> requests = new CopyOnWriteArrayList<>();

	/**
	 * Lets models answer for a tenant.
	 * @param tenant the tenant
	 * @param script gives the answers
	 */
	public void script(TenantId tenant, Function<ModelRequest, ModelAnswer> script) {
		this.requests.clear();
		this.scripts.put(tenant, script);
	}

	/**
	 * Takes the models away.
	 * @param tenant the tenant
	 */
	public void remove(TenantId tenant) {
		this.scripts.remove(tenant);
	}

	/**
	 * Returns the requests since the last script.
	 * @return in the order of arrival
	 */
	public List<ModelRequest> requests() {
		return List.copyOf(this.requests);
	}

	@Override
	public boolean isConfigured() {
		return !this.scripts.isEmpty();
	}

	@Override
	public boolean isConfigured(TenantId tenant, ModelPurpose purpose) {
		return this.scripts.containsKey(tenant);
	}

	@Override
	public ModelAnswer ask(ModelRequest request) {
		this.requests.add(request);
		Function<ModelRequest, ModelAnswer> script = this.scripts.get(request.tenant());
		return (script != null) ? script.apply(request)
				: new ModelAnswer.Unanswered(ModelAnswer.Reason.NO_PROVIDER, "no script");
	}

}
