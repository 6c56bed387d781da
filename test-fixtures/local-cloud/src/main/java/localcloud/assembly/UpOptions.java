package localcloud.assembly;

import java.nio.file.Path;
import java.util.Optional;
import localcloud.http.ApiServer;

/**
 * What a local cloud shall be like, as {@code up} was asked for it.
 *
 * @param demo run the demo and stop
 * @param alarms make two alert policies, and judge versions by them
 * @param data the data folder, if one was given
 * @param speed cloud seconds in one of the system's
 * @param machines which machines, and why
 * @param api where the two doors listen, 0 for a free port
 * @param balancerPort where the load balancer listens, 0 for a free port
 * @param pagePort where the page is served, 0 for a free port
 * @param functionPort where the function's first instance listens, 0 for a free port
 * @param functionInstances how many calls may run at once
 * @param faults the file with the faults to begin with, if one was given
 */
public record UpOptions(
    boolean demo,
    boolean alarms,
    Optional<Path> data,
    int speed,
    MachineChoice machines,
    ApiServer.Ports api,
    int balancerPort,
    int pagePort,
    int functionPort,
    int functionInstances,
    Optional<Path> faults) {}
