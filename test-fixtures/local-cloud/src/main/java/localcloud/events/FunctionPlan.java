package localcloud.events;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import localcloud.processes.RecordedProcesses;

/**
 * What all instances of the function have in common.
 *
 * @param command how one is started
 * @param callLimit how long one call may take, in the system's time: after it the caller hears no
 *     more of it, while the instance works on (as on the platform)
 * @param processes where each instance's process id is noted
 * @param logFile where its lines go, named when it does not start
 * @param lines takes each line of their output; called from several threads
 */
public record FunctionPlan(
    InvokerCommand command,
    Duration callLimit,
    RecordedProcesses processes,
    Path logFile,
    Consumer<String> lines) {}
