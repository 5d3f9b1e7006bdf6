package io.waypost.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

/**
 * Processor time used so far, which measures cost also on a shared machine. The children
 * are the PostgreSQL processes of a data directory, found by its name in their command
 * line, because they are not always descendants of this process.
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
