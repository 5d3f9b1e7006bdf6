package io.waypost.journey.engine;

import java.util.List;
import java.util.function.Supplier;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.entitymanager.cache.DbEntityState;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.AcquirableJobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.MessageEntity;

import org.springframework.stereotype.Component;

/**
 * Runs several engine calls as one command: their changes are written together at the
 * end, so that rows of many runs share a statement, and what begins and ends within the
 * command is never written.
 */
@Component
public class EngineCommand {

	private final ProcessEngineConfigurationImpl configuration;

	EngineCommand(ProcessEngine engine) {
		this.configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
	}

	/**
	 * Runs the work, in the transaction of the caller if there is one.
	 * @param work calls of the engine; when it throws, nothing of it is kept
	 * @param <T> of its result
	 * @return what the work returns
	 */
	public <T> T run(Supplier<T> work) {
		return this.configuration.getCommandExecutorTxRequired().execute((context) -> work.get());
	}

	/**
	 * Runs the jobs at the save points that this command has reached, instead of leaving
	 * them to the job executor. Only for a caller who repeats the work without this
	 * method after a failure.
	 * @throws IllegalStateException outside {@link #run}
	 */
	public void passSavePoints() {
		CommandContext context = Context.getCommandContext();
		if (context == null) {
			throw new IllegalStateException("There is no engine command whose save points could be passed");
		}
		for (MessageEntity job : newJobs(context)) {
			context.setCurrentJob(job);
			try {
				job.execute(context);
			}
			finally {
				context.setCurrentJob(null);
			}
		}
	}

	/**
	 * Reads new jobs by their common type, because the engine's cache does not
	 * distinguish subtypes.
	 */
	private static List<MessageEntity> newJobs(CommandContext context) {
		return context.getDbEntityManager()
			.getCachedEntitiesByType(AcquirableJobEntity.class)
			.stream()
			.filter(MessageEntity.class::isInstance)
			.map(MessageEntity.class::cast)
			.filter((job) -> context.getDbEntityManager()
				.getDbEntityCache()
				.getCachedEntity(job)
				.getEntityState() == DbEntityState.TRANSIENT)
			.toList();
	}

}
