package io.waypost.journey.engine;

import io.waypost.database.ServedRegion;
import org.apache.ibatis.executor.statement.StatementHandler;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.plugin.Interceptor;
import org.apache.ibatis.plugin.Intercepts;
import org.apache.ibatis.plugin.Invocation;
import org.apache.ibatis.plugin.Signature;
import org.apache.ibatis.reflection.MetaObject;
import org.apache.ibatis.reflection.SystemMetaObject;

/**
 * Lets the job executor find no jobs of tenants of other regions. The engine's tables
 * have no row-level security, and a job that was found and then refused would count as
 * failed.
 */
@Intercepts(@Signature(type = StatementHandler.class, method = "prepare",
		args = { java.sql.Connection.class, Integer.class }))
final class RegionalJobs implements Interceptor {

	static final String STATEMENT = "selectNextJobsToExecute";

	private static final String WHERE = "where";

	private final String condition;

	/**
	 * Makes the interceptor.
	 * @param region region of this node
	 */
	RegionalJobs(ServedRegion region) {
		this.condition = " " + region.served("RES.TENANT_ID_") + " and ";
	}

	@Override
	public Object intercept(Invocation invocation) throws Throwable {
		MetaObject statement = SystemMetaObject.forObject(invocation.getTarget());
		if (String.valueOf(statement.getValue("delegate.mappedStatement.id")).endsWith(STATEMENT)) {
			BoundSql sql = (BoundSql) statement.getValue("delegate.boundSql");
			SystemMetaObject.forObject(sql).setValue("sql", restricted(sql.getSql()));
		}
		return invocation.proceed();
	}

	/** The first condition of the outermost query. */
	String restricted(String sql) {
		int where = sql.indexOf(WHERE);
		if (where < 0 || !sql.contains("ACT_RU_JOB RES")) {
			throw new IllegalStateException("The engine's query for due jobs is unknown: " + sql);
		}
		int end = where + WHERE.length();
		return sql.substring(0, end) + this.condition + sql.substring(end);
	}

}
