package io.waypost.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

/**
 * CPU time used so far: says what work costs even on a machine that others use too. The
 * children are the processes of the PostgreSQL over a data directory: found by its name on
 * the command line, because they are not always descendants of ours.
 *
 * @param jvm nanoseconds
 * @param children nanoseconds
 */
record CpuTime(long jvm, long children) {

	static CpuTime now(Path data) {
		long jvm = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
		long children = ProcessHandle.allProcesses()
			.filter((process) -> process.info().commandLine().filter((line) -> line.contains(data.toString())).isPresent())
			.flatMap((postmaster) -> Stream.concat(Stream.of(postmaster), postmaster.descendants()))
			.distinct()
			.filter((process) -> process.info().command().filter((it) -> it.endsWith("postgres")).isPresent())
			.mapToLong((process) -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
			.sum();
		return new CpuTime(jvm, children);
	}

	CpuTime since(CpuTime earlier) {
		return new CpuTime(this.jvm - earlier.jvm, this.children - earlier.children);
	}

}
